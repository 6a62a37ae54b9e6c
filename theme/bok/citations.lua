--- Citations and the list of references, by citeproc: all of them at once, apart from the text they stand in.
-- A citation reads the same whatever page is made, as citeproc always knows every work that the book cites.

return function (book)
  local job, targets = book.job, book.targets
  local memo -- what is known already: { basis, answers = a citation as it was written -> as it reads, list = the references }
  local read_back = {} -- JSON of memo -> pandoc's own

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

  --- What an earlier job knew, in this run or, kept in a file, in an earlier one: true of the same works alone.
  local function remembered (cited)
    local basis = pandoc.json.encode { job.bibliography, job.lang, cited[1].citations }
    if not book.cited[basis] and job.cited then
      local kept = pandoc.json.decode(book.read_file(job.cited), false)
      if kept.basis == basis then book.cited[basis] = kept end
    end
    book.cited[basis] = book.cited[basis] or { basis = basis, answers = {} }
    return book.cited[basis]
  end

  --- An entry of memo as pandoc's own.
  local function own (entry)
    read_back[entry] = read_back[entry] or pandoc.json.decode(entry)
    return read_back[entry]
  end

  --- Ask citeproc; the list is what stands after the citations.
  local function ask (citations, keys, cited)
    local blocks = pandoc.utils.citeproc(pandoc.Pandoc(citations, {
      bibliography = job.bibliography, lang = job.lang, ['link-citations'] = true, nocite = cited,
    })).blocks
    for i, name in ipairs(keys) do memo.answers[name] = pandoc.json.encode(blocks[i].content[1]) end
    memo.list = blocks[#keys + 1] and pandoc.json.encode(blocks[#keys + 1])
    book.write_file(job.cited_out, pandoc.json.encode(memo))
  end

  --- Have every citation of the chapters written, each once, and the list.
  local function prepare (docs)
    local cited = all_cited()
    memo = remembered(cited)
    local citations, keys, seen, listed = pandoc.Blocks {}, pandoc.List {}, {}, false
    local function note (cite)
      local name = is_citation(cite) and key(cite)
      if not name or seen[name] or memo.answers[name] then return nil end
      seen[name] = true
      keys:insert(name)
      citations:insert(pandoc.Plain { cite })
    end
    for i in pairs(docs) do
      local path = job.chapters[i].path
      book.cites[path]:map(note)
      listed = listed or targets.known[path].refs
    end
    if #keys > 0 or listed and not memo.list then ask(citations, keys, cited) end
  end

  local function read (cite, chapter)
    local written, to_list = memo.answers[key(cite)], way(chapter)
    if not written or not to_list then return written and own(written) end
    return pandoc.Inlines { own(written) }:walk { Link = function (link)
      if link.target:match '^#ref%-' then link.target = to_list .. link.target return link end
    end }
  end

  --- The works that a chapter cites and does not list, as the list has them.
  local function works (chapter)
    local cited = {}
    if targets.known[chapter.path].refs or not memo.list then return pandoc.Blocks {} end
    for _, cite in ipairs(book.cites[chapter.path]) do
      if is_citation(cite) then for _, one in ipairs(cite.citations) do cited['ref-' .. one.id] = true end end
    end
    return own(memo.list).content:filter(function (entry) return cited[entry.identifier] end)
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
    list = function (div) return div.identifier == 'refs' and memo.list and own(memo.list) or nil end,
  }
end
