--- Citations and the list of references, by citeproc: all of them at once, apart from the text they stand in.
-- A citation reads the same whatever page is made, as citeproc always knows every work that the book cites.

return function (book)
  local job, targets = book.job, book.targets
  local ready = {} -- a citation as it was written -> as it reads
  local list -- the list of references

  local function key (cite) return pandoc.json.encode(cite) end

  --- The page with the list, as seen from another; nil on the page itself, and in print.
  local function way (chapter)
    if not book.html then return nil end
    for _, other in ipairs(job.chapters) do
      if targets.known[other.path].refs then
        return other.href ~= chapter.href and book.relative(chapter.href, other.href) or nil
      end
    end
  end

  local function all_cited ()
    local citations = targets.cited():map(function (id) return pandoc.Citation(id, 'NormalCitation') end)
    return pandoc.MetaInlines { pandoc.Cite({}, citations) }
  end

  local function is_citation (cite)
    return not cite.citations:find_if(function (one) return targets.all[targets.lowered(one.id)] end)
  end

  --- What citeproc makes of citations, as blocks; the same for every format of a run, so it is asked once.
  local function written (citations, keys)
    local cited = all_cited()
    local asked = pandoc.json.encode { job.bibliography, job.lang, keys, cited[1].citations }
    book.cited[asked] = book.cited[asked] or pandoc.utils.citeproc(pandoc.Pandoc(citations, {
      bibliography = job.bibliography, lang = job.lang, ['link-citations'] = true, nocite = cited,
    })).blocks
    return book.cited[asked]
  end

  --- Have citeproc write every citation of the chapters, each once, and the list.
  local function prepare (docs)
    local citations, keys = pandoc.Blocks {}, pandoc.List {}
    local function note (cite)
      local name = is_citation(cite) and key(cite)
      if not name or ready[name] then return nil end
      ready[name] = true
      keys:insert(name)
      citations:insert(pandoc.Plain { cite })
    end
    local listed = false
    for i in pairs(docs) do
      local path = job.chapters[i].path
      book.cites[path]:map(note)
      listed = listed or targets.known[path].refs
    end
    if #keys == 0 and not listed then return end
    local blocks = written(citations, keys)
    for i, name in ipairs(keys) do ready[name] = blocks[i].content[1] end
    list = blocks[#keys + 1]
  end

  local function read (cite, chapter)
    local written, to_list = ready[key(cite)], way(chapter)
    if not written or not to_list then return written end
    return pandoc.Inlines { written }:walk { Link = function (link)
      if link.target:match '^#ref%-' then link.target = to_list .. link.target return link end
    end }
  end

  --- The works that a chapter cites and does not list, as the list has them.
  local function works (chapter)
    local cited = {}
    if targets.known[chapter.path].refs or not list then return pandoc.Blocks {} end
    for _, cite in ipairs(book.cites[chapter.path]) do
      if is_citation(cite) then for _, one in ipairs(cite.citations) do cited['ref-' .. one.id] = true end end
    end
    return list.content:filter(function (entry) return cited[entry.identifier] end)
  end

  --- Those of a page, unseen: noter.js shows one where it is cited.
  local function carried (chapter)
    local blocks = way(chapter) and works(chapter) or pandoc.Blocks {}
    if #blocks == 0 then return blocks end
    blocks:insert(1, pandoc.RawBlock('html', '<template id="henvisninger" data-pagefind-ignore>'))
    blocks:insert(pandoc.RawBlock('html', '</template>'))
    return blocks
  end

  return {
    prepare = prepare, read = read, works = works, carried = carried,
    list = function (div) return div.identifier == 'refs' and list or nil end,
  }
end
