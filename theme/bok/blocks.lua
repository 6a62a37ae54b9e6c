--- Figures, tables and callouts as each format shows them. Captions and titles stand ready in the text by then.

return function (book)
  local words = book.targets.words

  local function raw (text) return pandoc.RawBlock(book.format, text) end

  --- Blocks with raw text before and after them; what is formatted in the text before is given as inlines after `open`,
  -- and ends with `opened`.
  local function wrapped (open, inlines, opened, blocks, close)
    local line = pandoc.Inlines { pandoc.RawInline(book.format, open) }
    line:extend(inlines)
    line:insert(pandoc.RawInline(book.format, opened))
    local all = pandoc.Blocks { pandoc.Plain(line) }
    all:extend(blocks)
    all:insert(raw(close))
    return all
  end

  --- Inlines as text in the output's own notation; all in one go, as pandoc takes longer to begin than to write.
  local function all_rendered (list)
    local mark, blocks, texts = '\u{e000}', pandoc.Blocks {}, {}
    for _, inlines in ipairs(list) do blocks:extend { pandoc.Plain(inlines), raw(mark) } end
    local written = pandoc.write(pandoc.Pandoc(blocks), book.format, { wrap_text = 'none' })
    for text in written:gmatch('(.-)' .. mark) do
      texts[#texts + 1] = text:gsub('^%s+', ''):gsub('%s+$', '')
    end
    return texts
  end

  --- A Markdown table in print, as a plain table: pandoc would make it a figure within ours.
  local function printed_table (tbl)
    local widths, sides, contents, cells = {}, {}, {}, {}
    for i, spec in ipairs(tbl.colspecs) do
      widths[i] = spec[2] and string.format('%.0ffr', spec[2] * 1000) or 'auto'
      sides[i] = spec[1] == 'AlignRight' and 'end' or 'start'
    end
    local function note (row)
      for _, cell in ipairs(row.cells) do contents[#contents + 1] = pandoc.utils.blocks_to_inlines(cell.contents) end
    end
    note(tbl.head.rows[1])
    for _, body in ipairs(tbl.bodies) do for _, row in ipairs(body.body) do note(row) end end
    local texts = all_rendered(contents)
    for first = 1, #texts, #widths do
      local row = table.move(texts, first, first + #widths - 1, 1, {})
      cells[#cells + 1] = '[' .. table.concat(row, '], [') .. ']'
    end
    local head = table.remove(cells, 1)
    return raw(string.format('#table(columns: (%s), align: (%s),\n  table.header(%s),\n  %s,\n)',
      table.concat(widths, ', '), table.concat(sides, ', '), head, table.concat(cells, ',\n  ')))
  end

  --- In a document: a caption with the number of the page, then what the page shows of it.
  local function document_float (div, kind, word, number)
    local caption = div.content:remove().content
    caption:insert(1, pandoc.Space())
    caption:insert(1, pandoc.Strong(word .. ' ' .. number))
    local style = kind == 'tbl' and 'Table Caption' or 'Image Caption'
    local blocks = pandoc.Blocks { book.styled(style, { pandoc.Para(caption) }) }
    for i, block in ipairs(div.content) do -- what is measured stands above what shows it
      if block.t == 'Div' and block.classes:includes 'undertittel' then blocks:insert(div.content:remove(i)) break end
    end
    blocks:extend(div.content)
    return pandoc.Div(blocks, pandoc.Attr(div.identifier, { 'figur' }))
  end

  local figure = '<figure id="%s" class="%s"><figcaption data-pagefind-weight="10"><span class="nr">%s %s</span> '

  local function float (div, chapter)
    local kind = book.targets.kind_of(div.identifier)
    if not kind then return nil end
    local number, word = book.targets.all[div.identifier].number, book.ord(chapter)[words[kind]]
    if book.document then return document_float(div, kind, word, number) end
    local caption = div.content:remove().content
    if book.html then
      local open = figure:format(div.identifier, table.concat(div.classes, ' '), word, number)
      return wrapped(open, caption, '</figcaption>', div.content, '</figure>')
    end
    div.content = div.content:map(function (block) return block.t == 'Table' and printed_table(block) or block end)
    local open = '#figure(kind: "%s", supplement: [%s], caption: ['
    return wrapped(open:format(kind, word), caption, '])[', div.content, '] <' .. div.identifier .. '>')
  end

  local function callout_title (div, kind, chapter)
    if div.attributes.title then return pandoc.Inlines(div.attributes.title) end
    local first = div.content[1]
    if first and first.t == 'Header' then return div.content:remove(1).content end
    return pandoc.Inlines(book.ord(chapter)['callout_' .. kind])
  end

  local function callout (div, chapter)
    local kind = (div.classes[1] or ''):match '^callout%-(%l+)$'
    if not kind then return nil end
    local title = callout_title(div, kind, chapter)
    if book.document then
      local blocks = { book.styled('Merknadstittel', { pandoc.Para { pandoc.Strong(title) } }),
        book.styled('Merknad', div.content) }
      return pandoc.Div(blocks, pandoc.Attr(div.identifier, { 'callout', 'callout-' .. kind }))
    end
    if book.html then
      local open = '<div class="callout callout-%s"><p class="callout-title">'
      return wrapped(open:format(kind), title, '</p>', div.content, '</div>')
    end
    return wrapped(('#callout("%s", ['):format(kind), title, '])[', div.content, ']')
  end

  return function (div, chapter) return float(div, chapter) or callout(div, chapter) end
end
