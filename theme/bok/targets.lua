--- What can be referred to: headings, figures and tables with their numbers, chapter by chapter.
-- A chapter's record is all that other chapters need to know of it, so it can be kept while the chapter is the same:
-- { targets = { { id, kind, number, ref, title, level, start }, … }, cites = { id, … }, refs = whether the list is here }

return function (book)
  local words = { fig = 'figur', tbl = 'tabell' } -- their names in scripts/rapport/words/; with _ref, as a sentence writes them
  local targets = {} -- id -> { number, ref, href, start }
  local known = {} -- path of a chapter -> its record

  local function kind_of (id) return words[id:match '^(%l+)%-' or ''] and id:match '^%l+' or nil end

  local function section_number (chapter, counts, level)
    if not chapter.number or level > 2 then return nil end
    if level == 1 then return chapter.number end
    counts[2] = (counts[2] or 0) + 1
    return chapter.number .. '.' .. counts[2]
  end

  local function section_word (chapter, level)
    if level > 1 then return 'avsnitt' end
    return chapter.appendix and 'vedlegg' or 'kapittel'
  end

  --- The heading for print with its number, which Typst would count anew in each round of its layout.
  local function printed (header, number)
    local open = ('#heading(level: %d, numbering: nr("%s"))['):format(header.level, number)
    header.content:insert(1, pandoc.RawInline('typst', open))
    header.content:insert(pandoc.RawInline('typst', '] <' .. header.identifier .. '>'))
    return pandoc.Para(header.content)
  end

  --- The heading as the format shows it, with its number.
  local function numbered (header, chapter, number)
    -- The printed contents hold the sections of the text, not each entry of a list.
    if not book.html and header.level > 1 and header.classes:includes 'unnumbered' then header.classes:insert 'unlisted' end
    if book.typst and not number then header.classes:insert 'unnumbered' end
    if not number then return header end
    local label = header.level == 1 and chapter.appendix and book.ord(chapter).vedlegg .. ' ' .. number or number
    if book.typst then return printed(header, label) end
    header.content:insert(1, pandoc.Space())
    header.content:insert(1, pandoc.Span({ pandoc.Str(label) }, { class = 'header-section-number' }))
    return header
  end

  local function note_header (header, chapter, counts)
    local number = not header.classes:includes 'unnumbered' and section_number(chapter, counts, header.level) or nil
    local title = pandoc.utils.stringify(header.content)
    counts.list:insert {
      id = header.identifier, number = number or '«' .. title .. '»', start = header.level == 1,
      ref = number and section_word(chapter, header.level) or nil,
    }
    return numbered(header, chapter, number)
  end

  local function note_float (div, kind, chapter, counts)
    counts[kind] = (counts[kind] or 0) + 1
    local number = (chapter.number and chapter.number .. '.' or '') .. counts[kind]
    counts.list:insert { id = div.identifier, number = number, start = false, ref = book.ord(chapter)[words[kind] .. '_ref'] }
  end

  local function is_callout (class) return class:match '^callout%-' end

  --- The chapter with numbers in its headings, and what it has to refer to.
  local function noted (doc, chapter)
    local counts, refs = { list = pandoc.List {} }, false
    doc.blocks = book.through(doc.blocks, function (block)
      if block.t == 'Header' then return { note_header(block, chapter, counts) } end
      if block.t ~= 'Div' then return nil end
      refs = refs or block.identifier == 'refs'
      local kind = kind_of(block.identifier)
      if kind then note_float(block, kind, chapter, counts) end
      -- A callout's heading is its title, not a section.
      return block.classes:find_if(is_callout) and { block } or nil
    end)
    return doc, { targets = counts.list, refs = refs }
  end

  local function lowered (id) return id:sub(1, 1):lower() .. id:sub(2) end

  --- What the chapter refers to and cites, by id, sorted.
  local function cites_of (chapter)
    local seen, ids = {}, pandoc.List {}
    for _, cite in ipairs(book.cites[chapter.path]) do
      for _, citation in ipairs(cite.citations) do
        if not seen[citation.id] then ids:insert(citation.id) end
        seen[citation.id] = true
      end
    end
    ids:sort()
    return ids
  end

  local function learn (chapter, record)
    known[chapter.path] = record
    for _, target in ipairs(record.targets) do
      targets[target.id] = { href = chapter.href, number = target.number, ref = target.ref, start = target.start }
    end
  end

  --- Every work that the book cites, sorted: what is referred to and is no place in it.
  local function cited ()
    local seen, keys = {}, pandoc.List {}
    for _, record in pairs(known) do
      for _, id in ipairs(record.cites) do
        if not targets[lowered(id)] and not seen[id] then keys:insert(id) seen[id] = true end
      end
    end
    keys:sort()
    return keys
  end

  return {
    words = words, all = targets, known = known, kind_of = kind_of, is_callout = is_callout, lowered = lowered,
    learn = learn, cited = cited,
    note = function (doc, chapter)
      local record
      doc, record = noted(doc, chapter)
      record.cites = cites_of(chapter)
      learn(chapter, record)
      return doc
    end,
  }
end
