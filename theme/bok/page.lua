--- One HTML page a chapter, in the template of the theme.

return function (book)
  local job = book.job
  local template = job.template and pandoc.template.compile(book.read_file(job.template))
  local place = 'SIDENS-INNHOLD' -- the template is filled in around it: the layout of a whole page's letters is slow

  --- The headings of sections, in reading order. A callout's is its title, not a section.
  local function headings (blocks, found)
    for _, block in ipairs(blocks) do
      if block.t == 'Header' and block.level > 1 then found:insert(block) end
      if block.t == 'Div' and not block.classes:find_if(book.targets.is_callout) then headings(block.content, found) end
    end
    return found
  end

  --- The page's own contents, before numbers and words are made into raw text.
  local function contents (doc, chapter)
    local list = pandoc.structure.table_of_contents(headings(doc.blocks, pandoc.Blocks {}), { toc_depth = 3 })
    if not list or #list.content == 0 then return nil end
    list = list:walk {
      -- The list stands twice on the page, for narrow and for wide screens: no ids in it.
      Link = function (element) element.identifier = '' return element end,
      Cite = function (cite)
        local read = book.cite(cite, chapter)
        return read and pandoc.Inlines(read):walk { Link = function (inner) return inner.content end }
      end,
    }
    return pandoc.write(pandoc.Pandoc { list }, 'html')
  end

  local function part_of (chapter)
    return chapter.appendix and book.ord(chapter).vedlegg or chapter.part and escaped(chapter.part)
  end

  local function navigation (current)
    local nav, last = {}, nil
    for _, chapter in ipairs(job.chapters) do
      if not chapter.alone then
        local part = part_of(chapter)
        nav[#nav + 1] = {
          href = chapter.href, title = escaped(chapter.title), number = chapter.number,
          current = chapter.href == current.href or nil, part = part ~= last and part or nil,
        }
        last = part
      end
    end
    return nav
  end

  local function neighbour (current, chapter)
    if not chapter or chapter.alone or current.alone then return nil end
    return { href = chapter.href, title = escaped(chapter.title) }
  end

  --- The pages that say the same in other languages: the front page, and those that stand alone.
  local function others (current)
    local found = {}
    for i, chapter in ipairs(job.chapters) do
      if (i == 1 or chapter.alone) and chapter.lang ~= current.lang then
        found[#found + 1] = { href = chapter.href, lang = chapter.lang, sprak = book.ord(chapter).sprak }
      end
    end
    return found
  end

  --- What a reader calls the page.
  local function kind (chapter)
    return not chapter.number and 'side' or chapter.appendix and 'vedlegg' or 'kapittel'
  end

  local function variables (chapter, i, list)
    local all = {}
    for name, value in pairs(job.variables) do all[name] = value end
    all.root, all.pagetitle = book.relative(chapter.href, ''), escaped(chapter.title)
    all.description = chapter.description and escaped(chapter.description)
    all['site-title'] = escaped(all['site-title'] or '')
    all.lang, all.ord, all.dato = chapter.lang, book.ord(chapter), (all.datoer or {})[chapter.lang]
    all.alone, all.others, all['book-lang'] = chapter.alone, others(chapter), job.chapters[1].lang
    all.part = part_of(chapter)
    all.nav = navigation(chapter)
    all.prev, all.next = neighbour(chapter, job.chapters[i - 1]), neighbour(chapter, job.chapters[i + 1])
    all.offprint = (job.variables.offprints or {})[chapter.path]
    all.offprint_label = all.offprint and all.ord.last_ned_del[kind(chapter)]
    all['table-of-contents'] = list
    return all
  end

  local function write (doc, chapter, i, list)
    local body = pandoc.write(pandoc.Pandoc(doc.blocks), 'html5', { section_divs = true, wrap_text = 'none', highlight_method = 'none' })
    body = book.raw[chapter.path].back(hold_written(body))
    local frame = pandoc.write(pandoc.Pandoc { pandoc.Plain(place) }, 'html5', {
      template = template, variables = variables(chapter, i, list), wrap_text = 'none',
    })
    local before, after = frame:find(place, 1, true)
    book.write_file(chapter.out, frame:sub(1, before - 1) .. body:gsub('%s+$', '') .. frame:sub(after + 1))
  end

  return { contents = contents, write = write }
end
