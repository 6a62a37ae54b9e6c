--- References to sections on Quarto's pages: «kapittel 4», «avsnitt 2.1», «vedlegg A», or the title in « » where the
-- section has no number; and to figures of a page that is no chapter, which Quarto leaves as they stand: «figure 1».
-- Reads what the pre-render step wrote; ids it does not know are left to Quarto. Needs 1.9.

local names = {}
local file = io.open(pandoc.path.join { quarto.project.directory or '.', '.cache', 'quarto', 'avsnitt.json' }, 'rb')
if file then
  names = pandoc.json.decode(file:read 'a', false)
  file:close()
end

local offset = quarto.project.offset or '.'
local root = offset == '.' and '' or offset .. '/'

local function capital (text)
  if text:match '^«' then return text end
  return pandoc.text.upper(pandoc.text.sub(text, 1, 1)) .. pandoc.text.sub(text, 2)
end

local function reference (citation)
  local id = citation.id:sub(1, 1):lower() .. citation.id:sub(2)
  local section = names[id]
  if not section then return nil end
  local text = id == citation.id and section.text or capital(section.text)
  if citation.mode == 'SuppressAuthor' then text = text:gsub('^%l+\u{a0}', '') end
  return pandoc.Link(text, root .. section.href .. '#' .. id, '', { class = 'quarto-xref' })
end

function Cite (cite)
  if not quarto.doc.is_format 'html' then return nil end
  local links = pandoc.Inlines {}
  for i, citation in ipairs(cite.citations) do
    local link = reference(citation)
    if not link then return nil end
    if i > 1 then links:insert(pandoc.Str(i == #cite.citations and ' og ' or ', ')) end
    links:insert(link)
  end
  return links
end
