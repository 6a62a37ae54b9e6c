--- A chapter's blocks looked through in reading order, without a look at its text: a fraction of what a walk takes.

return function ()
  local through

  local function each (items, replace)
    local other = false
    for i, item in ipairs(items) do
      local blocks, changed = through(item, replace)
      if changed then items[i], other = blocks, true end
    end
    return other
  end

  --- The blocks that stand in a block, by its kind: whether any of them is another now.
  local within = {}
  function within.Div (block, replace)
    local blocks, changed = through(block.content, replace)
    if changed then block.content = blocks end
    return changed
  end
  function within.BulletList (list, replace)
    local items = list.content
    local changed = each(items, replace)
    if changed then list.content = items end
    return changed
  end
  function within.DefinitionList (list, replace)
    local items, changed = list.content, false
    for _, item in ipairs(items) do changed = each(item[2], replace) or changed end
    if changed then list.content = items end
    return changed
  end
  within.BlockQuote, within.OrderedList = within.Div, within.BulletList

  --- The blocks, and whether any is another. `replace` gives what is to stand instead of a block, or nil.
  function through (blocks, replace)
    local all, other = pandoc.Blocks {}, false
    for _, block in ipairs(blocks) do
      local instead = replace(block)
      local changed = not instead and within[block.t] and within[block.t](block, replace)
      other = other or changed or instead ~= nil
      all:extend(instead or { block })
    end
    return all, other
  end

  return through
end
