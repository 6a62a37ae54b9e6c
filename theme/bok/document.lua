--- One document of the whole book: a Word file with its lists, or an e-book.

return function (book)
  local job, words, kind_of = book.job, book.targets.words, book.targets.kind_of

  --- A list that Word can bring up to date, with its entries as they are now: { id, text, level }.
  local function word_list (title, what, entries, said)
    local field = '<w:r><w:fldChar w:fldCharType="%s"/></w:r>'
    local open = field:format 'begin' .. '<w:r><w:instrText xml:space="preserve"> TOC \\h \\z ' .. what
      .. ' </w:instrText></w:r>' .. field:format 'separate'
    local blocks = pandoc.Blocks { book.styled('TOC Heading', { pandoc.Para(title) }) }
    if said then blocks:insert(book.styled('Kilde', { pandoc.Para(said) })) end
    for i, entry in ipairs(entries) do
      local line = pandoc.Inlines { pandoc.Link(entry.text, '#' .. entry.id) }
      if i == 1 then line:insert(1, pandoc.RawInline('openxml', open)) end
      if i == #entries then line:insert(pandoc.RawInline('openxml', field:format 'end')) end
      blocks:insert(book.styled('toc ' .. entry.level, { pandoc.Para(line) }))
    end
    return pandoc.Div(blocks)
  end

  local function note_sections (doc, list)
    for _, block in ipairs(doc.blocks) do
      if block.t == 'Header' and block.level < 3 and not block.classes:includes 'unlisted' then
        list:insert { id = block.identifier, text = pandoc.utils.stringify(block.content), level = block.level }
      end
    end
  end

  local function note_floats (doc, chapter, lists)
    doc:walk { traverse = 'topdown', Div = function (div)
      local kind = kind_of(div.identifier)
      if not kind then return nil end
      local caption = pandoc.utils.stringify(div.content[#div.content])
      local text = book.ord(chapter)[words[kind]] .. ' ' .. book.targets.all[div.identifier].number .. ' ' .. caption
      lists[kind]:insert { id = div.identifier, text = text, level = 1 }
    end }
  end

  local paged = 'Slik får du sidetall i denne listen og de neste: Høyreklikk i listen i Word, og velg «Oppdater felt».'

  --- The lists at the front of the Word file; an e-book has its own.
  local function front (docs)
    if book.format ~= 'docx' then return pandoc.Blocks {} end
    local lists = { fig = pandoc.List {}, tbl = pandoc.List {}, sec = pandoc.List {} }
    for i, doc in ipairs(docs) do
      note_sections(doc, lists.sec)
      note_floats(doc, job.chapters[i], lists)
    end
    return pandoc.Blocks {
      word_list('Innhold', '\\o "1-2" \\u', lists.sec, paged), -- where pages end, Word alone knows
      word_list('Figurer', '\\t "Image Caption,1"', lists.fig),
      word_list('Tabeller', '\\t "Table Caption,1"', lists.tbl),
    }
  end

  --- pandoc's template; an e-book's title page would name who publishes it a second time, and the day in figures. What
  -- a reader must know of the edition stands there instead.
  local function template_of (format)
    local text = pandoc.template.default(format)
    if format == 'epub3' then
      local first, last = text:find('$if(publisher)$', 1, true), text:find('$if(abstract)$', 1, true)
      assert(first and last, "pandoc's template for e-books is another than that of 3.9")
      text = text:sub(1, first - 1) .. text:sub(last)
    end
    return pandoc.template.compile(text)
  end

  --- pandoc calls a chapter in an e-book by the name of its file; a reader hears its heading.
  local function with_title (text)
    local heading = text:match '<h1[^>]*>(.-)</h1>'
    local title = heading and heading:gsub('<[^>]*>', ''):gsub('%s+', ' '):gsub('%%', '%%%%')
    return title and text:gsub('<title>.-</title>', '<title>' .. title .. '</title>', 1) or text
  end

  local function titled (made)
    local archive = pandoc.zip.Archive(made)
    archive.entries = archive.entries:map(function (entry)
      if not entry.path:match 'text/ch%d+%.xhtml$' then return entry end
      return pandoc.zip.Entry(entry.path, with_title(entry:contents()), entry.modtime)
    end)
    return archive:bytestring()
  end

  local function write (blocks)
    local meta = job.meta
    if job.abstract then meta.abstract = pandoc.Blocks(pandoc.List(job.abstract):map(pandoc.Para)) end
    local format = book.format == 'epub' and 'epub3' or 'docx'
    local made = pandoc.write(pandoc.Pandoc(blocks, pandoc.Meta(meta)), format, {
      template = template_of(format), toc_depth = 2, highlight_method = 'none', reference_doc = job.reference,
    })
    book.write_file(job.out, format == 'epub3' and titled(made) or made)
  end

  return { front = front, write = write }
end
