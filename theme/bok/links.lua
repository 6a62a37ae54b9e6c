--- References to headings, figures and tables, and links between chapters.

return function (book)
  local targets = book.targets

  --- The address of a place in the book, as seen from a chapter.
  local function address (chapter, target, id)
    if not book.html or target.href == chapter.href then return '#' .. id end
    return book.relative(chapter.href, target.href) .. '#' .. id
  end

  local function reference (citation, chapter)
    local id = targets.lowered(citation.id)
    local target = targets.all[id]
    if not target then return nil end
    local word = target.ref
    if word and id ~= citation.id then word = word:sub(1, 1):upper() .. word:sub(2) end
    local text = (word and citation.mode ~= 'SuppressAuthor') and word .. '\u{a0}' .. target.number or target.number
    return pandoc.Link(text, address(chapter, target, id), '', { class = 'ref' })
  end

  local function references (cite, chapter)
    local links = pandoc.Inlines {}
    for i, citation in ipairs(cite.citations) do
      local link = reference(citation, chapter)
      if not link then return nil end
      if i > 1 then links:extend { pandoc.Str(i == #cite.citations and book.ord(chapter).og or ', ') } end
      links:insert(link)
    end
    return links
  end

  --- In print a chapter is its first heading.
  local function start_of (href)
    for id, target in pairs(targets.all) do
      if target.href == href and target.start then return '#' .. id end
    end
    return ''
  end

  --- Links to chapters by their source file, and to the root of the site.
  local function link (element, chapter)
    local path, anchor = element.target:match '^([^#:]+)%.qmd(#?.*)$'
    if not path then return nil end
    if path:sub(1, 1) ~= '/' and chapter.href:match '/' and not path:match '^%.%./' then path = 'chapters/' .. path end
    local href = path:gsub('^/', ''):gsub('^%.%./', '') .. '.html'
    if not book.html and anchor == '' then anchor = start_of(href) end
    element.target = book.html and book.relative(chapter.href, href) .. anchor or anchor
    return element
  end

  return { references = references, link = link }
end
