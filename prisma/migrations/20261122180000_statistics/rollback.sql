DO $$
BEGIN
  IF current_setting('server_version_num')::integer >= 170000 THEN
    EXECUTE 'REVOKE MAINTAIN ON intelligence.conversations, intelligence.messages, intelligence.intelligence_items FROM colloquy_app';
  END IF;
END $$;
