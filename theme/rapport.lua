--- What both engines do to the chapters: numbers, explained words, links from the root of the site, and print asides.
-- A project filter in Quarto; a pass of bok.lua in the embedded engine. Needs pandoc 3.1 or newer.

local is_html = FORMAT:match 'html' ~= nil
local is_typst = FORMAT:match 'typst' ~= nil
local is_document = not is_html and not is_typst -- DOCX and EPUB

--- The way from the page to the root of the site: '' or '../'.
local function root (meta)
  if meta and meta.root then return pandoc.utils.stringify(meta.root) end
  if not quarto then return '' end
  local offset = quarto.project.offset or '.'
  return offset == '.' and '' or offset .. '/'
end

--- Text as HTML that means just this text; global, for the embedded engine.
function escaped (text)
  return (text:gsub('[&<>"]', { ['&'] = '&amp;', ['<'] = '&lt;', ['>'] = '&gt;', ['"'] = '&quot;' }))
end

--- Counts the places where the page writes each number, in reading order, so that the register can lead to them.
-- Before captions and titles are taken out of the text; global, as the embedded engine does that first.
function mark_uses (doc)
  if not is_html then return doc end
  local seen = {}
  return doc:walk {
    Span = function (span)
      if not span.classes:includes 'tall' or span.attributes['bruk'] then return nil end
      local id = span.attributes['id'] or span.attributes['data-id']
      seen[id] = (seen[id] or 0) + 1
      span.attributes['bruk'] = tostring(seen[id])
      return span
    end,
  }
end

--- A number of the register: <data> with an id of its own and a link to its line; plain text in print.
local function number (span, to_root)
  if not span.classes:includes 'tall' then return nil end
  if not is_html then return span.content end
  local id, value = span.attributes['id'] or span.attributes['data-id'],
    span.attributes['verdi'] or span.attributes['data-verdi']
  local open = string.format(
    '<data class="tall" id="bruk-%s-%s" value="%s"><a href="%schapters/tallregister.html#tall-%s">',
    escaped(id), span.attributes['bruk'], escaped(value), to_root, escaped(id))
  local inlines = pandoc.Inlines { pandoc.RawInline('html', open) }
  inlines:extend(span.content)
  inlines:insert(pandoc.RawInline('html', '</a></data>'))
  return inlines
end

--- A word of the glossary: a button that opens its explanation, without scripts; plain text in print.
-- The explanation is hidden until it is asked for, so that the sentence reads as it is written.
local word_html = '<button type="button" class="term" popovertarget="%s" aria-describedby="%s-tekst">'
local explanation_html = '</button><span class="forklaring" id="%s" popover data-pagefind-ignore>'
  .. '<strong>%s</strong> <span id="%s-tekst">%s</span> <a href="%schapters/ordliste.html#ord-%s">Se ordlisten</a></span>'
local function word (span, to_root, seen)
  if not span.classes:includes 'ord' then return nil end
  if not is_html then return span.content end
  local function data (name) return escaped(span.attributes[name] or span.attributes['data-' .. name]) end
  local term = data 'ord'
  seen[term] = (seen[term] or 0) + 1
  local id = 'forklaring-' .. term .. (seen[term] > 1 and '-' .. seen[term] or '')
  local inlines = pandoc.Inlines { pandoc.RawInline('html', word_html:format(id, id)) }
  inlines:extend(span.content)
  inlines:insert(pandoc.RawInline('html',
    explanation_html:format(id, data 'navn', id, data 'forklaring', to_root, term)))
  return inlines
end

local marks, opening, holder = '[%.,;:!?%)]+', '%($', '<span class="holdt">'
local function is_word (element) return element and element.t == 'Span' and element.classes:includes 'ord' end

--- What an element, where it is text, has of a pattern; '' of anything else.
local function part (element, pattern) return element and element.t == 'Str' and element.text:match(pattern) or '' end

--- A word with the parenthesis before it and the mark after it on one line: a button would let the line break there.
local function held (inlines)
  if not inlines:find_if(is_word) then return nil end
  local all = pandoc.Inlines {}
  for i, element in ipairs(inlines) do
    local before, after = inlines[i - 1], inlines[i + 1]
    if is_word(element) then
      local open, mark = part(before, opening), part(after, '^' .. marks)
      if open .. mark == '' then all:insert(element)
      else
        all:extend { pandoc.RawInline('html', holder), pandoc.Str(open), element, pandoc.Str(mark),
          pandoc.RawInline('html', '</span>') }
      end
    elseif element.t == 'Str' then
      local first = is_word(before) and #part(element, '^' .. marks) or 0
      local last = is_word(after) and #part(element, opening) or 0
      if first + last < #element.text then all:insert(pandoc.Str(element.text:sub(first + 1, -last - 1))) end
    else all:insert(element) end
  end
  return all
end

--- Links in Markdown that begin at the root of the site. In print a chapter's anchor is enough, and a file is its name.
local function link (element, to_root)
  local anchor = element.target:match '^/.*%.qmd(#.+)$'
  if anchor and not is_html then element.target = anchor return element end
  if anchor or not element.target:match '^/' then return nil end
  if not is_html then return element.content end
  element.target = to_root .. element.target:sub(2)
  return element
end

--- A Markdown table on the page: its headers say that they head columns. Widths of columns would be style
-- attributes, which the page's policy forbids; the browser finds them.
local function page_table (tbl)
  if not is_html then return nil end
  for _, row in ipairs(tbl.head.rows) do
    for _, cell in ipairs(row.cells) do cell.attr.attributes.scope = 'col' end
  end
  tbl.colspecs = tbl.colspecs:map(function (spec) return { spec[1] } end)
  return tbl
end

--- href="/x" and src="/x" in raw HTML, made to fit the page.
local function from_root (raw, to_root)
  if not is_html or raw.format ~= 'html' then return nil end
  return pandoc.RawBlock('html', (raw.text:gsub('(%s[hs]r[ec]f?)="/', '%1="' .. to_root)))
end

--- Numbers to the right, and each column as wide as its texts want: the longest word first, then the mean.
local function column_specs (tbl, written)
  local wants, total, sides = {}, 0, {}
  for classes in written:match '^.-</thead>':gmatch '<th%s[^>]*class="([^"]*)"' do
    sides[#sides + 1] = classes:match 'gt_right' and 'AlignRight' or 'AlignLeft'
  end
  for i = 1, #tbl.colspecs do wants[i] = { longest = 0, letters = 0, cells = 0 } end
  local function note (row)
    if #row.cells ~= #tbl.colspecs then return end
    for i, cell in ipairs(row.cells) do
      local text, want = pandoc.utils.stringify(cell.contents), wants[i]
      for word in text:gmatch '%S+' do want.longest = math.max(want.longest, pandoc.text.len(word)) end
      want.letters, want.cells = want.letters + #text, want.cells + 1
    end
  end
  for _, row in ipairs(tbl.head.rows) do note(row) end
  for _, body in ipairs(tbl.bodies) do for _, row in ipairs(body.body) do note(row) end end
  for i, want in ipairs(wants) do
    wants[i] = math.min(want.longest, 18) + 4 + math.min(want.letters / math.max(want.cells, 1), 60) / 2
    total = total + wants[i]
  end
  local specs = {}
  for i, want in ipairs(wants) do specs[i] = { sides[i] or 'AlignLeft', want / total } end
  return specs
end

--- A table of a cell, written as HTML: in an e-book as it is, with the frame that a wide one is moved in, in Word as a
-- table of the document. What else a page shows is of no use there.
local function document_table (raw)
  if not is_document or raw.format ~= 'html' then return nil end
  local written = not raw.text:match 'class="diagram ' and raw.text:match '<table.-</table>'
  if not written then return {} end
  if FORMAT:match 'epub' then
    local frame = raw.text:match '<div class="tabell%-rulle"[^>]*>'
    written = written:gsub(' data%-quarto%-[%l-]+="[^"]*"', '')
    return pandoc.RawBlock('html', frame and frame .. written .. '</div>' or written)
  end
  local tbl = pandoc.read(written, 'html').blocks[1]
  tbl.attr, tbl.colspecs = pandoc.Attr(), column_specs(tbl, written)
  return tbl
end

local function typst_string (text)
  return '"' .. text:gsub('[\\"]', '\\%0') .. '"'
end

--- A drawing in pandoc's own bag, by its name alone: Word's file would tell the folder it was read from.
local function held_image (folder, name)
  local file = assert(io.open(folder .. name, 'rb'))
  local mime = name:match '%.png$' and 'image/png' or 'image/svg+xml'
  pandoc.mediabag.insert(name, mime, file:read 'a')
  file:close()
  return name
end

--- pandoc's Typst writer drops alternative text (3.9), and PDF/UA needs it: write the image here.
local function image (img, figures)
  if is_document then
    -- A chart is drawn for each format: with its letters as they are in an e-book, as points in Word.
    local drawn = FORMAT:match 'docx' and '%1.png' or '%1.trykk.svg'
    if figures then img.src = held_image(figures, (img.src:gsub('^/figures/(.+)%.svg$', drawn))) end
    local alt = img.attributes['fig-alt']
    if alt then img.caption, img.attributes = pandoc.Inlines { pandoc.Str(alt) }, { width = '100%' } end
    return img
  end
  if not is_typst then return nil end
  if figures then img.src = img.src:gsub('^/figures/', figures) end
  local alt = img.attributes['fig-alt'] or pandoc.utils.stringify(img.caption)
  return pandoc.RawInline('typst',
    string.format('#image(%s, alt: %s, width: 100%%)', typst_string(img.src), typst_string(alt)))
end

--- In print a column of the codebook is one paragraph: its name, what it holds, and its values after each other.
local function run_in (blocks, inlines)
  for _, block in ipairs(blocks) do
    if block.t == 'BulletList' then
      for i, item in ipairs(block.content) do
        inlines:extend { pandoc.Str(i == 1 and '\u{2003}' or '; ') }
        inlines:extend(pandoc.utils.blocks_to_inlines(item))
      end
    else
      inlines:insert(pandoc.Space())
      inlines:extend(block.content)
    end
  end
  return inlines
end

local function columns (list)
  return list.content:map(function (item)
    local inlines = pandoc.Inlines { pandoc.Strong(item[1]) }
    for _, blocks in ipairs(item[2]) do run_in(blocks, inlines) end
    return pandoc.Para(inlines)
  end)
end

--- In a document a finding's headline stands on a line of its own, when its sentence follows without a mark.
local gaps = { Space = true, SoftBreak = true }
local function headline (block)
  local first, second = block.content[1], block.content[2]
  if not second or first.t ~= 'Strong' or not gaps[second.t] then return nil end
  block.content[2] = pandoc.LineBreak()
  return block
end

--- Boxes, and the lines around a printed figure or table, are functions of theme/rapport.typ.
local in_print = { ['kort-fortalt'] = true, funn = true, undertittel = true, kilde = true, merknad = true, kodebok = true }
local styles = { undertittel = 'Undertittel', kilde = 'Kilde', merknad = 'Kilde' }
local function document_box (div)
  if div.classes[1] == 'kort-fortalt' then
    local title = pandoc.Para { pandoc.Strong 'Kort fortalt' }
    div.content:insert(1, pandoc.Div({ title }, pandoc.Attr('', {}, { ['custom-style'] = 'Boks' })))
    return div
  end
  if div.classes[1] == 'funn' then return div:walk { Plain = headline, Para = headline } end
  local style = styles[div.classes[1] or '']
  if style then div.attributes['custom-style'] = style return div end
end

local in_brief = { nb = 'Kort fortalt', en = 'In brief' }
local function box (div, lang)
  if is_document then return document_box(div) end
  if is_html and div.classes[1] == 'kort-fortalt' then
    div.content:insert(1, pandoc.RawBlock('html', '<p class="kort-tittel">' .. in_brief[lang] .. '</p>'))
    return div
  end
  if not is_typst or not in_print[div.classes[1]] then return nil end
  if div.classes[1] == 'kodebok' then div.content = div.content:walk { DefinitionList = columns } end
  local blocks = pandoc.Blocks { pandoc.RawBlock('typst', '#' .. div.classes[1] .. '[') }
  blocks:extend(div.content)
  blocks:insert(pandoc.RawBlock('typst', ']'))
  return blocks
end

--- A line that ends in a colon stays with the list it leads in to.
local lists = { BulletList = true, OrderedList = true }
local function lead_ins (blocks)
  if not is_typst then return nil end
  for i = #blocks - 1, 1, -1 do
    local block = blocks[i]
    if block.t == 'Para' and lists[blocks[i + 1].t] and pandoc.utils.stringify(block):match ':$' then
      block.content:insert(1, pandoc.RawInline('typst', '#innledning['))
      block.content:insert(pandoc.RawInline('typst', ']'))
    end
  end
  return blocks
end

--- What one walk does to the whole text; global, as the embedded engine does its own work in the same walk.
-- A filter for lists of inlines or blocks costs more than all the others, so it is there only where it is needed.
function passes (meta)
  local to_root, seen = root(meta), {}
  local figures = meta.figures and pandoc.utils.stringify(meta.figures)
  local lang = meta.lang and pandoc.utils.stringify(meta.lang) == 'en' and 'en' or 'nb'
  local pass = {
    Span = function (span) return number(span, to_root) or word(span, to_root, seen) end,
    Link = function (element) return link(element, to_root) end,
    RawBlock = function (raw) return document_table(raw) or from_root(raw, to_root) end,
    Div = function (div) return box(div, lang) end,
  }
  if is_html then pass.Table = page_table else pass.Image = function (img) return image(img, figures) end end
  if is_document then pass.RawInline = function (raw) if raw.format == 'html' then return {} end end end
  if is_typst then pass.Blocks = lead_ins end
  return pass
end

--- Words and the marks around them in a page that is written; global, for the embedded engine: to look through all
-- inlines as Quarto must takes longer than all its other walks.
function hold_written (html)
  local word = '(%(?)(<button type="button" class="term".-Se ordlisten</a></span>)'
  return (html:gsub(word .. '(' .. marks:gsub('%+$', '*') .. ')', function (open, written, mark)
    return open .. mark ~= '' and holder .. open .. written .. mark .. '</span>' or nil
  end))
end

function Pandoc (doc)
  doc = mark_uses(doc)
  if is_html then doc = doc:walk { Inlines = held } end -- before the walk above, which makes words into raw text
  return doc:walk(passes(doc.meta))
end
