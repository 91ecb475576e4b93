-- Platforms whose exports can be read since; ids follow from the names (packages/domain, platformUuid).
INSERT INTO intelligence.platforms (id, name, display_name, supported_formats, parser) VALUES
  ('2fc79840-2c46-5eb3-8201-000bd3aa8655', 'claude-code', 'Claude Code', '["claude-code-jsonl"]', 'claude-code-jsonl'),
  ('2763a293-9d87-5f61-9450-699dc5185249', 'codex', 'Codex', '["codex-jsonl"]', 'codex-jsonl'),
  ('c1598f7c-1e2c-5b47-be71-059ecfb64b5b', 'slack', 'Slack', '["slack-zip"]', 'slack-zip'),
  ('58666ce0-ba8c-5948-a0e2-91cef5a3ce7b', 'discord', 'Discord', '["discord-json"]', 'discord-json'),
  ('d26eea77-4cda-5496-9e24-8c00514f6b5f', 'telegram', 'Telegram', '["telegram-json"]', 'telegram-json'),
  ('1b61faaa-ba8d-595a-808a-7450eac3132a', 'whatsapp', 'WhatsApp', '["whatsapp-text"]', 'whatsapp-text'),
  ('8d119ebc-fac9-50e6-af05-31190f59cd0a', 'grok', 'Grok', '["grok-json"]', 'grok-json'),
  ('61c6ca8e-de23-5f67-b865-01c9a9a50e2f', 'librechat', 'LibreChat', '["librechat-json","librechat-tree-json"]', 'librechat-json'),
  ('e009e3fd-8e42-59fe-96ce-9277fc769b51', 'openwebui', 'Open WebUI', '["openwebui-json","openwebui-chat-json"]', 'openwebui-json'),
  ('4118478d-499e-5882-9082-fd1ef2aded1a', 'openai-messages', 'OpenAI messages', '["openai-messages"]', 'openai-messages'),
  ('bf285ad9-9ba5-5886-bd57-eb921e2dca9f', 'colloquy', 'Colloquy', '["colloquy-jsonl"]', 'colloquy-jsonl');

UPDATE intelligence.platforms SET supported_formats = '["aistudio-json", "gemini-takeout"]', updated_at = now() WHERE name = 'gemini';
