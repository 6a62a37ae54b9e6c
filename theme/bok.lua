--- The book, for the embedded engine: `pandoc lua bok.lua`, which is told of jobs line by line.
-- Reads executed chapters, numbers headings, figures and tables over the whole book, resolves references and
-- citations, and writes HTML pages and Typst bodies, one a chapter, or one document (DOCX or EPUB).
-- A chapter that is not asked for is not read either when the job knows what others need to know of it.
-- Needs pandoc 3.9. Jobs are written by scripts/rapport/engine/jobs.py and sent by press.py; the parts lie in bok/.

local function read_file (path)
  local file <close> = assert(io.open(path, 'rb'))
  return file:read 'a'
end

local function write_file (path, text)
  local file <close> = assert(io.open(path, 'wb'))
  file:write(text)
end

local texts = {} -- Markdown -> what pandoc reads in it and its citations, for all formats of a run
local cited = {} -- the works that are cited -> what citeproc makes of citations, likewise

--- What the parts share; each part is a function of it, in a file of its own.
local function new_book (job)
  local book = {
    job = job, format = job.format, texts = texts, cited = cited, raw = {}, cites = {}, read_file = read_file, write_file = write_file,
    html = job.format == 'html', typst = job.format == 'typst',
    document = job.format ~= 'html' and job.format ~= 'typst',
  }
  --- The address of a page as seen from another.
  function book.relative (from, to) return (from:match '/' and '../' or '') .. to end
  --- The words of the language that the chapter is in, from scripts/rapport/words/.
  function book.ord (chapter) return job.ord[chapter.lang] end
  function book.styled (style, blocks) return pandoc.Div(blocks, pandoc.Attr('', {}, { ['custom-style'] = style })) end
  local function part (name) return dofile(job.theme .. '/bok/' .. name .. '.lua')(book) end
  book.through, book.targets = part 'through', part 'targets'
  book.read, book.links, book.citations, book.block = part 'read', part 'links', part 'citations', part 'blocks'
  book.page, book.whole = part 'page', part 'document'
  function book.cite (cite, chapter)
    return book.links.references(cite, chapter) or book.citations.read(cite, chapter)
  end
  return book
end

--- The chapters that are asked for, read, by their place; of the others only what the rest must know.
local function read_chapters (book)
  local job, docs = book.job, {}
  for i, chapter in ipairs(job.chapters) do
    local record = not chapter.wanted and job.index[chapter.path]
    if record then book.targets.learn(chapter, record)
    else
      local doc = book.targets.note(book.read(chapter), chapter)
      docs[i] = chapter.wanted and doc or nil
    end
  end
  return docs
end

--- All that is done to a chapter's text, in one walk. rapport.lua does what both engines do.
local function finish (book, doc, chapter)
  local root = book.html and book.relative(chapter.href, '') or ''
  local pass = passes(pandoc.Meta { root = root, figures = book.job.figures, lang = chapter.lang })
  local shared_link, shared_box, shared_raw = pass.Link, pass.Div, pass.RawBlock
  local raw = book.raw[chapter.path]
  function pass.Cite (cite) return book.cite(cite, chapter) end
  function pass.Link (element) return book.links.link(element, chapter) or shared_link(element) end
  function pass.Div (div) return book.citations.list(div) or book.block(div, chapter) or shared_box(div) end
  function pass.RawBlock (block)
    if block.format ~= (book.typst and 'typst' or 'html') then return {} end
    local own = raw.own(block)
    local made = shared_raw(own) or own
    return book.html and raw.aside(made) or made
  end
  return doc:walk(pass)
end

local function write_whole (book, docs)
  local blocks = book.whole.front(docs)
  for i, chapter in ipairs(book.job.chapters) do blocks:extend(finish(book, docs[i], chapter).blocks) end
  book.whole.write(blocks)
end

local function typst (blocks) return pandoc.write(pandoc.Pandoc(blocks), 'typst-citations', { wrap_text = 'none' }) end

local function write_chapters (book, docs)
  for i, chapter in ipairs(book.job.chapters) do
    if docs[i] and book.html then
      local list = book.page.contents(docs[i], chapter)
      local works = book.citations.carried(chapter)
      local doc = finish(book, docs[i], chapter)
      doc.blocks:extend(works)
      book.page.write(doc, chapter, i, list)
    elseif docs[i] then
      local works = book.citations.works(chapter)
      write_file(chapter.out, typst(finish(book, docs[i], chapter).blocks))
      write_file(chapter.works, #works > 0 and typst { pandoc.Div(works, pandoc.Attr 'refs') } or '')
    end
    docs[i] = nil -- so that pandoc need not keep it
  end
end

local function run (job)
  FORMAT = job.format
  dofile(job.theme .. '/rapport.lua') -- defines the global functions escaped, mark_uses, hold_written and passes, for FORMAT
  local book = new_book(job)
  local docs = read_chapters(book)
  if not job.read_only then
    book.citations.prepare(docs)
    if book.document then write_whole(book, docs) else write_chapters(book, docs) end
  end
  write_file(job.index_out, pandoc.json.encode(book.targets.known))
end

for path in io.lines() do
  run(pandoc.json.decode(read_file(path), false))
  io.write 'done\n'
  io.flush()
end
