--- An executed chapter as pandoc's own document, without what another format is meant to show.

return function (book)
  local free = '\u{e000}'

  --- Charts and tables are most of a chapter's letters, so pandoc is spared them: the text with a mark in each one's
  -- place, and { own = gives a raw block the text it had, aside = takes it away again, back = puts all of it into what
  -- pandoc has written }.
  local function without_raw (text)
    local mark, kept = free, {}
    while text:find(mark, 1, true) do mark = mark .. free end
    local place = mark .. '(%d+)' .. mark
    local function keep (raw) kept[#kept + 1] = raw return mark .. #kept .. mark end
    text = text:gsub('(\n(```+){=%l+}\n)(.-)(\n%2\n)', function (open, _, raw, close)
      return open .. keep(raw) .. close
    end)
    local function own (block)
      local number = block.text:match('^' .. place .. '$')
      return number and pandoc.RawBlock(block.format, kept[tonumber(number)]) or block
    end
    return text, {
      own = own,
      aside = function (block) return pandoc.RawBlock(block.format, keep(block.text)) end,
      back = function (written)
        return (written:gsub(place, function (number) return kept[tonumber(number)] end))
      end,
    }
  end

  local function matches (format) return format == book.format end

  --- Boxes for one format or another: what stands in them, or nothing.
  local function visible (block)
    if block.t ~= 'Div' or not block.classes:includes 'content-visible' then return nil end
    local when, unless = block.attributes['when-format'], block.attributes['unless-format']
    if (when and not matches(when)) or (unless and matches(unless)) then return {} end
    return (book.through(block.content, visible))
  end

  --- The references and citations of a text, in its order: those who look for them need not walk it.
  local function cites_of (doc)
    local cites = pandoc.List {}
    doc:walk { Cite = function (cite) cites:insert(cite) end }
    return cites
  end

  --- Read and looked through once, whatever is made of it.
  local function read (text)
    if not book.texts[text] then
      local doc = pandoc.read(text, 'markdown-raw_tex-tex_math_dollars')
      book.texts[text] = { doc = doc, cites = text:find('@', 1, true) and cites_of(doc) or pandoc.List {} }
    end
    return book.texts[text].doc:clone(), book.texts[text].cites -- what is done to one is not done to the next
  end

  return function (chapter)
    local text, raw = without_raw(book.read_file(chapter.markdown))
    local doc, cites = read(text)
    if text:find('content-visible', 1, true) then
      doc = pandoc.Pandoc((book.through(doc.blocks, visible)))
      cites = cites_of(doc)
    end
    book.raw[chapter.path], book.cites[chapter.path] = raw, cites
    return text:find('.tall', 1, true) and mark_uses(doc) or doc
  end
end
