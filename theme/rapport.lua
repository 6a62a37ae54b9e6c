--- What both engines do to the chapters: numbers, explained words, links from the root of the site, and print asides.
-- A project filter in Quarto; a pass of bok.lua in the embedded engine. Needs pandoc 3.1 or newer.

local is_html = FORMAT:match 'html' ~= nil
local is_typst = FORMAT:match 'typst' ~= nil

--- The way from the page to the root of the site: '' or '../'.
local function root (meta)
  if meta and meta.root then return pandoc.utils.stringify(meta.root) end
  if not quarto then return '' end
  local offset = quarto.project.offset or '.'
  return offset == '.' and '' or offset .. '/'
end

local function escape (text)
  return (text:gsub('[&<>"]', { ['&'] = '&amp;', ['<'] = '&lt;', ['>'] = '&gt;', ['"'] = '&quot;' }))
end

--- A number of the register: <data> with a link to its line; plain text in print.
local function number (span, to_root)
  if not span.classes:includes 'tall' then return nil end
  if not is_html then return span.content end
  local id, value = span.attributes['id'] or span.attributes['data-id'],
    span.attributes['verdi'] or span.attributes['data-verdi']
  local open = string.format('<data class="tall" value="%s"><a href="%schapters/tallregister.html#tall-%s">',
    escape(value), to_root, escape(id))
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
  local function data (name) return escape(span.attributes[name] or span.attributes['data-' .. name]) end
  local term = data 'ord'
  seen[term] = (seen[term] or 0) + 1
  local id = 'forklaring-' .. term .. (seen[term] > 1 and '-' .. seen[term] or '')
  local inlines = pandoc.Inlines { pandoc.RawInline('html', word_html:format(id, id)) }
  inlines:extend(span.content)
  inlines:insert(pandoc.RawInline('html',
    explanation_html:format(id, data 'navn', id, data 'forklaring', to_root, term)))
  return inlines
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

local function typst_string (text)
  return '"' .. text:gsub('[\\"]', '\\%0') .. '"'
end

--- pandoc's Typst writer drops alternative text (3.9), and PDF/UA needs it: write the image here.
local function image (img, figures)
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

--- Boxes, and the lines around a printed figure or table, are functions of theme/rapport.typ.
local in_print = { ['kort-fortalt'] = true, nokkeltall = true, undertittel = true, kilde = true, merknad = true, kodebok = true }
local function box (div)
  if is_html and div.classes[1] == 'kort-fortalt' then
    div.content:insert(1, pandoc.RawBlock('html', '<p class="kort-tittel">Kort fortalt</p>'))
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

function Pandoc (doc)
  local to_root, seen = root(doc.meta), {}
  return doc:walk {
    Span = function (span) return number(span, to_root) or word(span, to_root, seen) end,
    Link = function (element) return link(element, to_root) end,
    Table = page_table,
    RawBlock = function (raw) return from_root(raw, to_root) end,
    Image = function (img) return image(img, doc.meta.figures and pandoc.utils.stringify(doc.meta.figures)) end,
    Div = box,
    Blocks = lead_ins,
  }
end
