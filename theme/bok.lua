--- The book, for the embedded engine: `pandoc lua bok.lua JOB.json`, all chapters in one process.
-- Reads executed chapters, numbers headings, figures and tables over the whole book, resolves
-- references and citations, and writes one HTML page a chapter, one Typst body, or one document (DOCX or EPUB).
-- Needs pandoc 3.9. The job is written by scripts/rapport/engine/pandoc.py.

local function read_file (path)
  local file <close> = assert(io.open(path, 'rb'))
  return file:read 'a'
end

local function write_file (path, text)
  local file <close> = assert(io.open(path, 'wb'))
  file:write(text)
end

local job = pandoc.json.decode(read_file(arg[1]), false)
FORMAT = job.format
local is_html, is_typst = FORMAT == 'html', FORMAT == 'typst'
local is_epub = FORMAT == 'epub'
local shared = loadfile(job.theme .. '/rapport.lua')
shared() -- defines the global function Pandoc
local shared_pass = Pandoc

local words = {
  fig = { title = 'Figur', ref = 'figur', kind = 'fig' },
  tbl = { title = 'Tabell', ref = 'tabell', kind = 'tbl' },
}
local callouts = { note = 'Merk', tip = 'Tips', warning = 'Advarsel', important = 'Viktig' }
local targets = {} -- id -> { text, ref, href }

local function kind_of (id) return id:match '^(%l+)%-' end

--- The address of a page as seen from another.
local function relative (from, to)
  return (from:match '/' and '../' or '') .. to
end

-- Visibility ---------------------------------------------------------------------------------------

local function matches (format) return format == FORMAT end

local function visible (div)
  if not div.classes:includes 'content-visible' then return nil end
  local when, unless = div.attributes['when-format'], div.attributes['unless-format']
  if (when and not matches(when)) or (unless and matches(unless)) then return {} end
  return div.content
end

-- Numbers ------------------------------------------------------------------------------------------

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

local function note_header (header, chapter, counts)
  local number = not header.classes:includes 'unnumbered' and section_number(chapter, counts, header.level) or nil
  local title = pandoc.utils.stringify(header.content)
  targets[header.identifier] = {
    href = chapter.href, number = number or '«' .. title .. '»',
    chapter_start = header.level == 1,
    ref = number and section_word(chapter, header.level) or nil,
  }
  -- The printed contents hold the sections of the text, not each entry of a list.
  if not is_html and header.level > 1 and header.classes:includes 'unnumbered' then header.classes:insert 'unlisted' end
  if is_typst and not chapter.number then header.classes:insert 'unnumbered' return header end
  if not number or is_typst then return header end
  local label = header.level == 1 and chapter.appendix and 'Vedlegg ' .. number or number
  header.content:insert(1, pandoc.Space())
  header.content:insert(1, pandoc.Span({ pandoc.Str(label) }, { class = 'header-section-number' }))
  return header
end

local function note_float (div, chapter, counts)
  local kind = kind_of(div.identifier)
  counts[kind] = (counts[kind] or 0) + 1
  local number = (chapter.number and chapter.number .. '.' or '') .. counts[kind]
  targets[div.identifier] = { href = chapter.href, number = number, ref = words[kind].ref }
end

local function note_targets (doc, chapter)
  local counts = {}
  return doc:walk {
    traverse = 'topdown',
    Header = function (header) return note_header(header, chapter, counts), false end,
    Div = function (div)
      if words[kind_of(div.identifier) or ''] then note_float(div, chapter, counts) end
      -- A callout's heading is its title, not a section.
      if div.classes:find_if(function (class) return class:match '^callout%-' end) then return nil, false end
    end,
  }
end

-- Blocks -------------------------------------------------------------------------------------------

local function raw (text) return pandoc.RawBlock(FORMAT, text) end
local function styled (style, blocks, id) return pandoc.Div(blocks, pandoc.Attr(id or '', {}, { ['custom-style'] = style })) end

--- Blocks between an opening and a closing raw text.
local function wrapped (open, blocks, close)
  local all = pandoc.Blocks { raw(open) }
  all:extend(blocks)
  all:insert(raw(close))
  return all
end

--- What rapport.lua needs to know of the page: the way to the root, and where figures lie for now.
local function page_meta (chapter)
  local root = is_html and relative(chapter.href, '') or ''
  return pandoc.Meta { root = root, figures = job.figures }
end

--- Inlines as text in the output's own notation.
local function rendered (inlines, chapter)
  local doc = pandoc.Pandoc({ pandoc.Plain(inlines) }, page_meta(chapter))
  return (pandoc.write(shared_pass(doc), FORMAT, { wrap_text = 'none' }):gsub('%s+$', ''))
end

--- A Markdown table in print, as a plain table: pandoc would make it a figure within ours.
local function printed_table (tbl, chapter)
  local widths, sides, cells = {}, {}, {}
  for i, spec in ipairs(tbl.colspecs) do
    widths[i] = spec[2] and string.format('%.0ffr', spec[2] * 1000) or 'auto'
    sides[i] = spec[1] == 'AlignRight' and 'end' or 'start'
  end
  local function row_text (row)
    local texts = row.cells:map(function (cell)
      return '[' .. rendered(pandoc.utils.blocks_to_inlines(cell.contents), chapter) .. ']'
    end)
    return table.concat(texts, ', ')
  end
  for _, body in ipairs(tbl.bodies) do
    for _, row in ipairs(body.body) do cells[#cells + 1] = '  ' .. row_text(row) .. ',' end
  end
  return raw(string.format('#table(columns: (%s), align: (%s),\n  table.header(%s),\n%s\n)',
    table.concat(widths, ', '), table.concat(sides, ', '), row_text(tbl.head.rows[1]), table.concat(cells, '\n')))
end

--- In a document: a caption with the number of the page, then what the page shows of it.
local function document_float (div, kind)
  local caption, target = div.content:remove().content, targets[div.identifier]
  caption:insert(1, pandoc.Space())
  caption:insert(1, pandoc.Strong(words[kind].title .. ' ' .. target.number))
  local blocks = pandoc.Blocks { styled(kind == 'tbl' and 'Table Caption' or 'Image Caption', { pandoc.Para(caption) }) }
  for i, block in ipairs(div.content) do -- what is measured stands above what shows it
    if block.t == 'Div' and block.classes:includes 'undertittel' then blocks:insert(div.content:remove(i)) break end
  end
  blocks:extend(div.content)
  return pandoc.Div(blocks, pandoc.Attr(div.identifier, { 'figur' }))
end

local function float (div, chapter)
  local kind = kind_of(div.identifier)
  if not words[kind or ''] then return nil end
  if not is_html and not is_typst then return document_float(div, kind) end
  local caption = rendered(div.content:remove().content, chapter)
  local target, word = targets[div.identifier], words[kind]
  if is_html then
    local open = '<figure id="%s" class="%s"><figcaption data-pagefind-weight="10"><span class="nr">%s %s</span> %s</figcaption>'
    return wrapped(open:format(div.identifier, table.concat(div.classes, ' '), word.title, target.number, caption), div.content, '</figure>')
  end
  div.content = div.content:map(function (block)
    return block.t == 'Table' and printed_table(block, chapter) or block
  end)
  local open = '#figure(kind: "%s", supplement: [%s], caption: [%s])['
  return wrapped(open:format(word.kind, word.title, caption), div.content, '] <' .. div.identifier .. '>')
end

local function callout_title (div, kind)
  if div.attributes.title then return pandoc.Inlines(div.attributes.title) end
  local first = div.content[1]
  if first and first.t == 'Header' then return div.content:remove(1).content end
  return pandoc.Inlines(callouts[kind])
end

local function callout (div, chapter)
  local kind = (div.classes[1] or ''):match '^callout%-(%l+)$'
  if not kind then return nil end
  if not is_html and not is_typst then
    local title = styled('Merknadstittel', { pandoc.Para { pandoc.Strong(callout_title(div, kind)) } })
    return pandoc.Div({ title, styled('Merknad', div.content) }, pandoc.Attr(div.identifier, { 'callout', 'callout-' .. kind }))
  end
  local title = rendered(callout_title(div, kind), chapter)
  if is_html then
    local open = '<div class="callout callout-%s"><p class="callout-title">%s</p>'
    return wrapped(open:format(kind, title), div.content, '</div>')
  end
  return wrapped(('#callout("%s", [%s])['):format(kind, title), div.content, ']')
end

local function div_pass (div, chapter) return float(div, chapter) or callout(div, chapter) end

-- References ---------------------------------------------------------------------------------------

local function reference (citation, chapter)
  local id = citation.id:sub(1, 1):lower() .. citation.id:sub(2)
  local target = targets[id]
  if not target then return nil end
  local word = target.ref
  if word and id ~= citation.id then word = word:sub(1, 1):upper() .. word:sub(2) end
  local text = (word and citation.mode ~= 'SuppressAuthor') and word .. '\u{a0}' .. target.number or target.number
  local href = '#' .. id
  if is_html and target.href ~= chapter.href then href = relative(chapter.href, target.href) .. href end
  return pandoc.Link(text, href, '', { class = 'ref' })
end

local function references (cite, chapter)
  local links = pandoc.Inlines {}
  for i, citation in ipairs(cite.citations) do
    local link = reference(citation, chapter)
    if not link then return nil end
    if i > 1 then links:extend { pandoc.Str(i == #cite.citations and ' og ' or ', ') } end
    links:insert(link)
  end
  return links
end

--- Links to chapters by their source file, and to the root of the site.
local function link (element, chapter)
  local path, anchor = element.target:match '^([^#:]+)%.qmd(#?.*)$'
  if not path then return nil end
  if path:sub(1, 1) ~= '/' and chapter.href:match '/' and not path:match '^%.%./' then path = 'chapters/' .. path end
  local href = path:gsub('^/', ''):gsub('^%.%./', '') .. '.html'
  for id, target in pairs(targets) do
    if not is_html and anchor == '' and target.href == href and target.chapter_start then anchor = '#' .. id end
  end
  element.target = is_html and relative(chapter.href, href) .. anchor or anchor
  return element
end

-- Citations ----------------------------------------------------------------------------------------

local cited = {}
local function note_citations (doc)
  doc:walk { Cite = function (cite) for _, c in ipairs(cite.citations) do cited[c.id] = true end end }
end

local function has_reference_list (doc)
  local found = false
  doc:walk { Div = function (div) found = found or div.identifier == 'refs' end }
  return found
end

local function all_cited ()
  local keys, citations = {}, {}
  for key in pairs(cited) do keys[#keys + 1] = key end
  table.sort(keys)
  for i, key in ipairs(keys) do citations[i] = pandoc.Citation(key, 'NormalCitation') end
  return { pandoc.Cite({}, citations) }
end

local references_href
local function with_citations (doc, chapter)
  doc.meta.bibliography, doc.meta.lang = job.bibliography, job.lang
  doc.meta['link-citations'] = true
  if has_reference_list(doc) then doc.meta.nocite = pandoc.MetaInlines(all_cited()) end
  doc = pandoc.utils.citeproc(doc)
  if not is_html or chapter.href == references_href or not references_href then return doc end
  return doc:walk {
    -- The list stands on a page of its own; every chapter's citations lead there.
    Div = function (div) if div.identifier == 'refs' then return {} end end,
    Link = function (element)
      if element.target:match '^#ref%-' then
        element.target = relative(chapter.href, references_href) .. element.target
        return element
      end
    end,
  }
end

-- The book -----------------------------------------------------------------------------------------

local reader = pandoc.ReaderOptions { extensions = pandoc.format.extensions 'markdown' }

--- Without the raw blocks of the other format, which pandoc would parse only to drop them: charts and
--- tables are most of a chapter's letters. A document takes the tables of the page.
local function without_others (text)
  local other = is_typst and 'html' or 'typst'
  text = text:gsub('\n\n(```+){=' .. other .. '}\n.-\n%1\n', '\n\n')
  if is_html or is_typst then return text end
  return (text:gsub('\n\n(```+){=html}\n(.-)\n%1\n', function (_, page)
    if not page:match '<table' or page:match 'class="diagram ' then return '\n\n' end
  end))
end

local function read_chapter (chapter)
  local doc = pandoc.read(without_others(read_file(chapter.markdown)), 'markdown-raw_tex-tex_math_dollars', reader)
  doc = mark_uses(doc:walk { Div = visible })
  return note_targets(doc, chapter)
end

local function finish (doc, chapter)
  doc = doc:walk {
    traverse = 'topdown',
    Cite = function (cite) return references(cite, chapter) end,
    Link = function (element) return link(element, chapter) end,
  }
  note_citations(doc)
  return doc:walk { Div = function (div) return div_pass(div, chapter) end }
end

local function contents (doc)
  local sections = doc.blocks:filter(function (block) return not (block.t == 'Header' and block.level == 1) end)
  local list = pandoc.structure.table_of_contents(sections, { toc_depth = 3 })
  if not list or #list.content == 0 then return nil end
  -- The list stands twice on the page, for narrow and for wide screens: no ids in it.
  list = list:walk { Link = function (element) element.identifier = '' return element end }
  return pandoc.write(pandoc.Pandoc { list }, 'html')
end

local template = job.template and pandoc.template.compile(read_file(job.template))

local function navigation (current)
  local nav, last = {}, nil
  for i, chapter in ipairs(job.chapters) do
    local part = chapter.appendix and 'Vedlegg' or chapter.part
    nav[i] = {
      href = chapter.href, title = chapter.title, number = chapter.number,
      current = chapter.href == current.href or nil, part = part ~= last and part or nil,
    }
    last = part
  end
  return nav
end

local function neighbour (chapter)
  return chapter and { href = chapter.href, title = chapter.title } or nil
end

local function write_page (doc, chapter, i)
  doc.meta = page_meta(chapter)
  local root = pandoc.utils.stringify(doc.meta.root)
  local variables = {}
  for name, value in pairs(job.variables) do variables[name] = value end
  variables.root, variables.pagetitle, variables.description = root, chapter.title, chapter.description
  variables.nav, variables.prev, variables.next =
    navigation(chapter), neighbour(job.chapters[i - 1]), neighbour(job.chapters[i + 1])
  variables.part = chapter.appendix and 'Vedlegg' or chapter.part
  variables['table-of-contents'] = contents(doc)
  doc = shared_pass(doc)
  doc.meta = pandoc.Meta {}
  write_file(chapter.out, pandoc.write(doc, 'html5', {
    template = template, variables = variables, section_divs = true, wrap_text = 'none',
  }))
end

local function write_typst (docs)
  local blocks, appendix = pandoc.Blocks {}, false
  for i, chapter in ipairs(job.chapters) do
    if chapter.appendix and not appendix then
      blocks:insert(raw '#show: vedlegg')
      appendix = true
    end
    blocks:extend(docs[i].blocks)
  end
  local doc = with_citations(pandoc.Pandoc(blocks), {})
  doc.meta = page_meta { href = '' }
  write_file(job.out, pandoc.write(shared_pass(doc), 'typst-citations', { wrap_text = 'none' }))
end

-- Documents ----------------------------------------------------------------------------------------

--- A list that Word can bring up to date, with its entries as they are now: { id, text, level }.
local function word_list (title, what, entries)
  local field = '<w:r><w:fldChar w:fldCharType="%s"/></w:r>'
  local open = field:format 'begin' .. '<w:r><w:instrText xml:space="preserve"> TOC \\h \\z ' .. what
    .. ' </w:instrText></w:r>' .. field:format 'separate'
  local blocks = pandoc.Blocks { styled('TOC Heading', { pandoc.Para(title) }) }
  for i, entry in ipairs(entries) do
    local line = pandoc.Inlines { pandoc.Link(entry.text, '#' .. entry.id) }
    if i == 1 then line:insert(1, pandoc.RawInline('openxml', open)) end
    if i == #entries then line:insert(pandoc.RawInline('openxml', field:format 'end')) end
    blocks:insert(styled('toc ' .. entry.level, { pandoc.Para(line) }))
  end
  return pandoc.Div(blocks)
end

local lists = { fig = pandoc.List {}, tbl = pandoc.List {}, sec = pandoc.List {} }
local function note_lists (docs)
  for _, doc in ipairs(docs) do
    for _, block in ipairs(doc.blocks) do
      if block.t == 'Header' and block.level < 3 and not block.classes:includes 'unlisted' then
        lists.sec:insert { id = block.identifier, text = pandoc.utils.stringify(block.content), level = block.level }
      end
    end
    doc:walk { traverse = 'topdown', Div = function (div)
      local kind = kind_of(div.identifier)
      if not words[kind or ''] then return nil end
      local caption = pandoc.utils.stringify(div.content[#div.content])
      local text = words[kind].title .. ' ' .. targets[div.identifier].number .. ' ' .. caption
      lists[kind]:insert { id = div.identifier, text = text, level = 1 }
    end }
  end
end

local function write_document (docs)
  local blocks = pandoc.Blocks {}
  if not is_epub then
    blocks:insert(word_list('Innhold', '\\o "1-2" \\u', lists.sec))
    blocks:insert(word_list('Figurer', '\\t "Image Caption,1"', lists.fig))
    blocks:insert(word_list('Tabeller', '\\t "Table Caption,1"', lists.tbl))
  end
  for _, doc in ipairs(docs) do blocks:extend(doc.blocks) end
  local doc = with_citations(pandoc.Pandoc(blocks), {})
  doc.meta = page_meta { href = '' }
  doc = shared_pass(doc)
  if job.abstract then job.meta.abstract = pandoc.Blocks(pandoc.List(job.abstract):map(pandoc.Para)) end
  doc.meta = pandoc.Meta(job.meta)
  local format = is_epub and 'epub3' or 'docx'
  write_file(job.out, pandoc.write(doc, format, {
    template = pandoc.template.compile(pandoc.template.default(format)),
    toc_depth = 2, reference_doc = job.reference,
  }))
end

local docs = {}
for i, chapter in ipairs(job.chapters) do docs[i] = read_chapter(chapter) end
if not is_html and not is_typst then note_lists(docs) end
for i, chapter in ipairs(job.chapters) do
  if has_reference_list(docs[i]) then references_href = chapter.href end
  docs[i] = finish(docs[i], chapter)
end
if is_html then
  for i, chapter in ipairs(job.chapters) do write_page(with_citations(docs[i], chapter), chapter, i) end
elseif is_typst then
  write_typst(docs)
else
  write_document(docs)
end
