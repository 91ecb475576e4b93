-- Refuses, by the foreign keys, while a conversation or a session is of one of them.
UPDATE intelligence.platforms SET supported_formats = '["aistudio-json"]', updated_at = now() WHERE name = 'gemini';
DELETE FROM intelligence.platforms WHERE name NOT IN ('chatgpt', 'claude', 'gemini');
