/** A record of Gemini, as MyActivity.json has it. */
export function activity(title: string, time: string, answer: string | null = null, more: object = {}) {
  return {
    header: 'Gemini Apps',
    title,
    time,
    products: ['Gemini Apps'],
    activityControls: ['Gemini Apps Activity'],
    ...(answer === null ? {} : { safeHtmlItem: [{ html: answer }] }),
    ...more,
  };
}

/** The member of a record that links it to conversations. */
export function linkedTo(...ids: string[]) {
  return { details: ids.map((id) => ({ name: 'Chat', url: `https://gemini.google.com/app/${id}` })) };
}

/** One record of MyActivity.html: `content` is what stands in its main cell. */
export function cell(content: string, { header = 'Gemini Apps', details = '' } = {}): string {
  return [
    '<div class="outer-cell mdl-cell mdl-cell--12-col mdl-shadow--2dp"><div class="mdl-grid">',
    `<div class="header-cell mdl-cell mdl-cell--12-col"><p class="mdl-typography--title">${header}<br></p></div>`,
    `<div class="content-cell mdl-cell mdl-cell--6-col mdl-typography--body-1">${content}</div>`,
    '<div class="content-cell mdl-cell mdl-cell--6-col mdl-typography--body-1 mdl-typography--text-right"></div>',
    '<div class="content-cell mdl-cell mdl-cell--12-col mdl-typography--caption">',
    `<b>Products:</b><br>&emsp;${header}<br>${details}</div></div></div>`,
  ].join('');
}

/** MyActivity.html around the given records, with its long styles. */
export function page(...cells: string[]): string {
  const styles = `<style>${'.mdl-grid{display:flex}'.repeat(20)}</style>`;
  const head = `<html><head><meta charset="UTF-8"><title>My Activity History</title>${styles}</head>`;
  return `${head}<body><div class="mdl-grid">${cells.join('')}</div></body></html>`;
}
