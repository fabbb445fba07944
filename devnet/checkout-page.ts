/** The page of a fake's checkout, where a person does what payers, banks and account holders do: one button for each. */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** What a fake serves at `/pay/<checkout>` and `/pay/<checkout>/<button>`. */
export interface CheckoutPage<Checkout> {
  /** Matches a path; its groups are the id of the checkout and the button. */
  readonly path: RegExp;
  /** Undefined: there is no such checkout. */
  readonly find: (id: string) => Checkout | undefined;
  readonly html: (checkout: Checkout) => string;
  /** Does what a button says. */
  readonly act: (checkout: Checkout, button: string) => void;
  /** Where the browser goes afterwards. */
  readonly next: (checkout: Checkout, button: string) => string;
  /** Why a button does nothing now; undefined for an error that is none of the fake's refusals. */
  readonly refusalOf: (error: unknown) => string | undefined;
}

/** Serves the page and its buttons. @returns false when the path is for nobody here */
export function serveCheckoutPage<Checkout>(
  page: CheckoutPage<Checkout>,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  const [, id, action] = page.path.exec((request.url ?? '').split('?')[0] ?? '') ?? [];
  if (id === undefined) return false;
  const checkout = page.find(id);
  if (checkout === undefined) {
    response.writeHead(404, { 'Content-Type': 'text/plain' }).end('there is no such checkout');
    return true;
  }
  if (request.method === 'POST' && action !== undefined) click(page, checkout, action, response);
  else response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(page.html(checkout));
  return true;
}

function click<Checkout>(
  page: CheckoutPage<Checkout>,
  checkout: Checkout,
  action: string,
  response: ServerResponse,
): void {
  try {
    page.act(checkout, action);
  } catch (error) {
    const refusal = page.refusalOf(error);
    if (refusal === undefined) throw error;
    response.writeHead(400, { 'Content-Type': 'text/plain; charset=utf-8' }).end(refusal);
    return;
  }
  response.writeHead(303, { Location: page.next(checkout, action) }).end();
}

/** The HTML of a page. @param shown.after what follows the buttons, as HTML */
export function checkoutHtml(shown: {
  readonly provider: string;
  readonly checkout: string;
  readonly amount: string;
  readonly state: string;
  /** What is on each button, by its name. */
  readonly buttons: readonly (readonly [string, string])[];
  readonly after?: string;
}): string {
  const { provider, checkout, amount, state, buttons, after = '' } = shown;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Test checkout</title></head>
<body style="font: 16px system-ui; max-width: 32rem; margin: 3rem auto">
<h1>Test checkout</h1>
<p>This is not ${provider}: no money moves.</p>
<p id="amount">${escapeHtml(amount)}</p>
<p id="state">${escapeHtml(state)}</p>
${buttons.map(([name, label]) => buttonHtml(checkout, name, label)).join('\n')}
${after}
</body></html>
`;
}

function buttonHtml(checkout: string, action: string, label: string): string {
  return `<form method="post" action="/pay/${checkout}/${action}"><button name="${action}">${escapeHtml(label)}</button></form>`;
}

/** A text as part of HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
