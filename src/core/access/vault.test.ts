import { describe, expect, it } from 'vitest';
import { createKeyLine, EnvelopeError, keyOfSealed, openVault } from './vault.ts';

const CONTEXT = 'webhook_endpoint/1/secret';

describe('a vault', () => {
  it('opens what it sealed, for the same place only', () => {
    const vault = openVault(() => createKeyLine());
    const line = createKeyLine();
    const same = openVault(() => line);
    const sealed = same.seal(CONTEXT, 'whsec_ä');
    expect(same.open(CONTEXT, sealed)).toBe('whsec_ä');
    expect(sealed).not.toContain('whsec');
    expect(() => same.open('webhook_endpoint/2/secret', sealed)).toThrow(EnvelopeError);
    expect(() => vault.open(CONTEXT, sealed)).toThrow(/not in the key file/);
  });

  it('seals the same secret differently each time', () => {
    const line = createKeyLine();
    const vault = openVault(() => line);
    expect(vault.seal(CONTEXT, 'a')).not.toBe(vault.seal(CONTEXT, 'a'));
  });

  it('notices every changed character', () => {
    const line = createKeyLine();
    const vault = openVault(() => line);
    const sealed = vault.seal(CONTEXT, 'a secret');
    for (let at = 'v1.'.length; at < sealed.length - 1; at += 1) {
      const other = sealed[at] === 'A' ? 'B' : 'A';
      const changed = `${sealed.slice(0, at)}${other}${sealed.slice(at + 1)}`;
      expect(() => vault.open(CONTEXT, changed), `character ${at}`).toThrow(EnvelopeError);
    }
    expect(() => vault.open(CONTEXT, sealed.slice(0, -4))).toThrow(EnvelopeError);
  });

  it('seals under the first key of its file and opens under all, and reads the file again for a key it does not know', () => {
    const [older, newer] = [createKeyLine(), createKeyLine()];
    const before = openVault(() => older);
    const sealed = before.seal(CONTEXT, 'a secret');
    const both = openVault(() => `# the newest first\n${newer}\n\n${older}\n`);
    expect(both.open(CONTEXT, sealed)).toBe('a secret');
    expect(keyOfSealed(both.seal(CONTEXT, 'x'))).toBe(newer.slice(0, 8));
    let text = older;
    const running = openVault(() => text);
    text = `${newer}\n${older}`;
    expect(running.open(CONTEXT, both.seal(CONTEXT, 'later'))).toBe('later');
    expect(running.currentKey()).toBe(newer.slice(0, 8));
  });

  it.each(['', '# nothing', 'a key', `${createKeyLine()}x`, `ABCDEF01${createKeyLine().slice(8)}`])(
    'refuses the key file %j without showing it',
    (text) => {
      expect(() => openVault(() => text)).toThrow(EnvelopeError);
    },
  );
});
