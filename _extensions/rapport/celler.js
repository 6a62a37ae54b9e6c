// Runs the {python} cells and inline expressions of the book for Quarto (1.9 or newer), all chapters in one kernel.
//
// Quarto would start a kernel for every chapter and every format, twenty and more for this book. Here the first
// chapter that is asked for runs `python -m rapport quarto cells`, which answers with all of them; the rest are read from
// that answer until a chapter or figures/ changes, so a preview shows what was just saved. Chapters without a cell
// but with inline expressions are run too. RAPPORT_CELLS=jupyter leaves the cells to Quarto's own engine.

const NAME = "rapport";
let quarto;
let answer = { key: "", chapters: {} };

function python(root) {
  const own = [".venv/bin/python", ".venv/Scripts/python.exe"].map((path) => `${root}/${path}`);
  const found = own.find((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      return false;
    }
  });
  return Deno.env.get("QUARTO_PYTHON") || found || "python";
}

function stamp(path) {
  try {
    return String(Deno.statSync(path).mtime?.getTime());
  } catch {
    return "";
  }
}

/** Whether a file lies in a project: `quarto check` renders loose files of its own with the engines of this one. */
function inProject(file) {
  for (let at = file.replaceAll("\\", "/"); at.includes("/"); at = at.slice(0, at.lastIndexOf("/"))) {
    if (stamp(`${at.slice(0, at.lastIndexOf("/"))}/_quarto.yml`)) return true;
  }
  return false;
}

/** Whether this engine runs the cells of a file. */
function ours(file, ext) {
  if (ext.toLowerCase() !== ".qmd" || Deno.env.get("RAPPORT_CELLS") === "jupyter") return false;
  return inProject(Deno.realPathSync(file));
}

async function run(root) {
  const command = new Deno.Command(python(root), { args: ["-m", "rapport", "quarto", "cells"], cwd: root, stderr: "piped" });
  const done = await command.output();
  const text = new TextDecoder();
  if (!done.success) throw new Error(`the cells of the chapters could not be run.\n${text.decode(done.stderr)}`);
  return JSON.parse(text.decode(done.stdout));
}

/** The chapter with its cells run, from the answer at hand or a new one. */
async function executed(root, file, source) {
  const key = ["manifest.json", "numbers.json"].map((name) => stamp(`${root}/figures/${name}`)).join();
  if (answer.key !== key || answer.chapters[file]?.source !== source) answer = { key, chapters: await run(root) };
  const chapter = answer.chapters[file];
  if (!chapter) throw new Error(`${file} is not a chapter of _quarto.yml.`);
  return chapter.markdown;
}

/** Without the raw blocks of the other format, which pandoc would parse only to drop them: charts are most of a chapter. */
function withoutOthers(markdown, format) {
  const other = /typst/.test(format) ? "html" : "typst";
  return markdown.replaceAll(new RegExp(`\\n\\n(\`{3,})\\{=${other}\\}\\n[^]*?\\n\\1(?=\\n)`, "g"), "\n");
}

export default {
  init: (api) => {
    quarto = api;
  },
  name: NAME,
  defaultExt: ".qmd",
  defaultYaml: () => [],
  defaultContent: () => [],
  validExtensions: () => [".qmd"],
  claimsFile: ours,
  claimsLanguage: () => false,
  canFreeze: false,
  generatesFigures: false,

  launch: (context) => ({
    name: NAME,
    canFreeze: false,
    markdownForFile: (file) => Promise.resolve(quarto.mappedString.fromFile(file)),
    target: (file, _quiet, markdown) => {
      const md = markdown ?? quarto.mappedString.fromFile(file);
      const metadata = quarto.markdownRegex.extractYaml(md.value);
      return Promise.resolve({ source: file, input: file, markdown: md, metadata });
    },
    partitionedMarkdown: (file) => Promise.resolve(quarto.markdownRegex.partition(Deno.readTextFileSync(file))),
    execute: async (options) => {
      const root = context.dir.replaceAll("\\", "/");
      const input = await Deno.realPath(options.target.source);
      const file = input.replaceAll("\\", "/").slice((await Deno.realPath(root)).replaceAll("\\", "/").length + 1);
      const markdown = await executed(root, file, Deno.readTextFileSync(input));
      const shown = withoutOthers(markdown, options.format.pandoc.to ?? "html");
      return { engine: NAME, markdown: shown, supporting: [], filters: [] };
    },
    dependencies: () => Promise.resolve({ includes: {} }),
    postprocess: () => Promise.resolve(),
  }),
};
