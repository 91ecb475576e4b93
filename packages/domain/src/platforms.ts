/** The platforms that conversations are held on, by the names under which everything refers to them. */
export const PLATFORMS: Readonly<Record<string, string>> = {
  chatgpt: 'ChatGPT',
  claude: 'Claude',
  gemini: 'Gemini',
  'claude-code': 'Claude Code',
  codex: 'Codex',
  slack: 'Slack',
  discord: 'Discord',
  telegram: 'Telegram',
  whatsapp: 'WhatsApp',
  grok: 'Grok',
  librechat: 'LibreChat',
  openwebui: 'Open WebUI',
  'openai-messages': 'OpenAI messages',
  colloquy: 'Colloquy',
};

/**
 * What the member `arrangedBy` of a conversation's metadata says when its messages are a chain in the order of time, as in
 * chats of several people; other conversations are trees of replies.
 */
export const ARRANGED_BY_TIME = 'time';

/** Whether something goes by this name. */
export function isPlatform(name: string): boolean {
  return Object.hasOwn(PLATFORMS, name);
}
