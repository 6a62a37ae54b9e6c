--- An executed chapter as pandoc's own document, without what another format is meant to show.

return function (book)
  --- Without the raw blocks of the other format, which pandoc would parse only to drop them: charts and
  --- tables are most of a chapter's letters. A document takes the tables of the page.
  local function without_others (text)
    local other = book.typst and 'html' or 'typst'
    text = text:gsub('\n\n(```+){=' .. other .. '}\n.-\n%1\n', '\n\n')
    if book.html or book.typst then return text end
    return (text:gsub('\n\n(```+){=html}\n(.-)\n%1\n', function (_, page)
      if not page:match '<table' or page:match 'class="diagram ' then return '\n\n' end
    end))
  end

  local function matches (format) return format == book.format end

  local function visible (div)
    if not div.classes:includes 'content-visible' then return nil end
    local when, unless = div.attributes['when-format'], div.attributes['unless-format']
    if (when and not matches(when)) or (unless and matches(unless)) then return {} end
    return div.content
  end

  --- Read once, when several documents are made of it.
  local function read (text)
    local doc = book.texts[text] or pandoc.read(text, 'markdown-raw_tex-tex_math_dollars')
    if #arg > 1 then book.texts[text] = doc end
    return doc
  end

  return function (chapter)
    local text = without_others(book.read_file(chapter.markdown))
    local doc = read(text)
    if text:find('content-visible', 1, true) then doc = doc:walk { Div = visible } end
    return text:find('.tall', 1, true) and mark_uses(doc) or doc
  end
end
