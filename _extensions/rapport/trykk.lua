--- The printed book: what theme/rapport.typ sets itself is written as its functions, before Quarto makes its own of it.
-- Figures and tables, callouts, references, and the divider before the appendices. Needs Quarto 1.9.

local floats = { fig = 'Figur', tbl = 'Tabell' }
local callouts = { note = 'Merk', tip = 'Tips', warning = 'Advarsel', important = 'Viktig', caution = 'Advarsel' }
local sections = {} -- id -> { level, appendix }

local function raw (text) return pandoc.RawBlock('typst', text) end

--- Blocks between an opening with inlines in it and a closing.
local function wrapped (open, inlines, middle, blocks, close)
  local first = pandoc.Inlines { pandoc.RawInline('typst', open) }
  first:extend(inlines)
  first:insert(pandoc.RawInline('typst', middle))
  local all = pandoc.Blocks { pandoc.Plain(first) }
  all:extend(blocks)
  all:insert(raw(close))
  return all
end

--- A Markdown table as a plain one: pandoc would make it a figure within ours.
local function printed_table (tbl)
  local widths, sides, text = {}, {}, pandoc.Inlines {}
  for i, spec in ipairs(tbl.colspecs) do
    widths[i] = spec[2] and string.format('%.0ffr', spec[2] * 1000) or 'auto'
    sides[i] = spec[1] == 'AlignRight' and 'end' or 'start'
  end
  local function add_row (row, last)
    for _, cell in ipairs(row.cells) do
      text:insert(pandoc.RawInline('typst', '['))
      text:extend(pandoc.utils.blocks_to_inlines(cell.contents))
      text:insert(pandoc.RawInline('typst', '], '))
    end
    if last then text:insert(pandoc.RawInline('typst', last)) end
  end
  text:insert(pandoc.RawInline('typst', string.format('#table(columns: (%s), align: (%s), table.header(',
    table.concat(widths, ', '), table.concat(sides, ', '))))
  add_row(tbl.head.rows[1], '), ')
  for _, body in ipairs(tbl.bodies) do
    for _, row in ipairs(body.body) do add_row(row) end
  end
  text:insert(pandoc.RawInline('typst', ')'))
  return pandoc.Plain(text)
end

local function float (div)
  local kind = div.identifier:match '^(%l+)%-'
  local word = floats[kind or '']
  if not word then return nil end
  local caption = div.content:remove().content
  div.content = div.content:map(function (block) return block.t == 'Table' and printed_table(block) or block end)
  local open = ('#figure(kind: "%s", supplement: [%s], caption: ['):format(kind, word)
  return wrapped(open, caption, '])[', div.content, '] <' .. div.identifier .. '>')
end

local function callout (div)
  local kind = (div.classes[1] or ''):match '^callout%-(%l+)$'
  if not callouts[kind or ''] then return nil end
  local title = pandoc.Inlines(callouts[kind])
  if div.attributes.title then
    title = pandoc.Inlines(div.attributes.title)
  elseif div.content[1] and div.content[1].t == 'Header' then
    title = div.content:remove(1).content
  end
  return wrapped(('#callout("%s", ['):format(kind == 'caution' and 'warning' or kind), title, '])[', div.content, ']')
end

local function stringify (blocks) return pandoc.utils.stringify(blocks) end

--- Parts are a help on the web, not in print; the divider before the appendices starts their numbering.
local function divider (div)
  if not div.classes:includes 'quarto-book-part' then return nil end
  local headings = div.content:filter(function (block) return block.t == 'Header' end)
  local title = headings[1] and stringify(headings[1]) or ''
  return title == quarto.doc.language['section-title-appendices'] and { raw '#show: vedlegg' } or {}
end

local function div_pass (div) return divider(div) or float(div) or callout(div) end

--- Sections of a chapter without a number have none either; what level each section is, for references.
local function note_sections (doc)
  local numbered, appendix = true, false
  return doc:walk {
    traverse = 'topdown',
    RawBlock = function (block) if block.text == '#show: vedlegg' then appendix = true end end,
    Header = function (header)
      if header.level == 1 then numbered = not header.classes:includes 'unnumbered' end
      -- The printed contents hold the sections of the text, not each entry of a list.
      if header.level > 1 and header.classes:includes 'unnumbered' then header.classes:insert 'unlisted' end
      if not numbered and header.level > 1 then header.classes:insert 'unnumbered' end
      sections[header.identifier] = { level = header.level, appendix = appendix }
      return header, false
    end,
  }
end

--- «Figur», «Tabell», «Kapittel», «Avsnitt» or «Vedlegg» for a reference that begins with a capital.
local function word_of (id)
  local section = sections[id]
  if not section then return floats[id:match '^(%l+)%-' or ''] end
  if section.level > 1 then return 'Avsnitt' end
  return section.appendix and 'Vedlegg' or 'Kapittel'
end

local function reference (citation)
  local id = citation.id:sub(1, 1):lower() .. citation.id:sub(2)
  local kind = id:match '^(%l+)%-'
  if not (floats[kind or ''] or sections[id]) then return nil end
  local supplement = id ~= citation.id and (', supplement: [%s]'):format(word_of(id)) or ''
  return pandoc.RawInline('typst', ('#ref(<%s>%s)'):format(id, supplement))
end

local function references (cite)
  local found = pandoc.Inlines {}
  for i, citation in ipairs(cite.citations) do
    local one = reference(citation)
    if not one then return nil end
    if i > 1 then found:insert(pandoc.Str(i == #cite.citations and ' og ' or ', ')) end
    found:insert(one)
  end
  return found
end

function Pandoc (doc)
  doc = doc:walk { traverse = 'topdown', Div = div_pass }
  doc = note_sections(doc)
  return doc:walk { Cite = references }
end
