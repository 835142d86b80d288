/** The Markdown that the pages of docs are written in, as HTML: headings, paragraphs, pictures, emphasis, code and links. */

/** HTML of a text. Links to files beside it are left as words, since only the text and its pictures are taken along. */
export function htmlOfMarkdown(text: string): string {
  return text
    .trim()
    .split(/\n{2,}/)
    .map(block)
    .join("\n");
}

/** `# Title` of a text; the empty text where there is none. */
export function titleOfMarkdown(text: string): string {
  return /^# (.+)$/m.exec(text)?.[1] ?? "";
}

function block(lines: string): string {
  const [, level, heading] = /^(#{1,4}) (.+)$/.exec(lines) ?? [];
  if (level !== undefined && heading !== undefined) return `<h${level.length}>${inline(heading)}</h${level.length}>`;
  const [, words, address] = /^!\[([^\]]*)\]\(([^)]+)\)$/.exec(lines) ?? [];
  if (words !== undefined && address !== undefined)
    return `<figure><img src="${escaped(address)}" alt="${escaped(words)}" loading="lazy"></figure>`;
  return `<p>${inline(lines)}</p>`;
}

function inline(text: string): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part, i) => (i % 2 === 1 ? `<code>${escaped(part.slice(1, -1))}</code>` : emphasised(escaped(part))))
    .join("");
}

function emphasised(html: string): string {
  return html
    .replace(/\[([^\]]+)\]\((https:[^)\s]+)\)/g, '<a href="$2">$1</a>')
    .replace(/\[([^\]]+)\]\([^)]+\)/g, "$1")
    .replace(/\*\*([^*]+)\*\*/g, "<strong>$1</strong>")
    .replace(/\*([^*]+)\*/g, "<em>$1</em>");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
