/** The page of the test issuer on which one picks a person. */

/** Somebody who can sign in. */
export interface Person {
  readonly user: string;
  /** What the page shows beside the name. */
  readonly about: string;
}

const STYLE = `
  :root { color-scheme: light dark; font-family: system-ui, sans-serif; }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: Canvas; color: CanvasText; }
  main { width: min(24rem, calc(100vw - 3rem)); }
  h1 { font-size: 1.25rem; margin: 0 0 .25rem; }
  p { margin: 0 0 1.5rem; opacity: .75; line-height: 1.5; }
  button { display: block; width: 100%; text-align: left; font: inherit; padding: .875rem 1rem; margin: 0 0 .75rem;
    border: 1px solid color-mix(in srgb, CanvasText 25%, Canvas); border-radius: .5rem; background: Canvas; cursor: pointer;
    color: inherit; }
  button:hover, button:focus-visible { border-color: #2f6fed; outline: 2px solid #2f6fed33; }
  b { display: block; } small { opacity: .75; }`;

/** @param fields what is sent along with the choice */
export function pickingPage(fields: Readonly<Record<string, string>>, people: readonly Person[]): string {
  const hidden = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`,
  );
  const buttons = people.map(
    ({ user, about }) =>
      `<button name="user" value="${escape(user)}"><b>${escape(user)}</b><small>${escape(about)}</small></button>`,
  );
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Test sign-in</title>
    <style>${STYLE}</style>
  </head>
  <body>
    <main>
      <h1>Sign in as</h1>
      <p>This is the test issuer of the development network. It asks for no password.</p>
      <form method="post" action="/authorize">${hidden.join('')}${buttons.join('')}</form>
      ${people.length === 0 ? '<p>Nobody can sign in yet.</p>' : ''}
    </main>
  </body>
</html>
`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
