import type { PageSettings } from '../document.ts';

export function readSettings(): PageSettings {
  return JSON.parse(document.getElementById('settings')?.textContent ?? '{"token":null}');
}
