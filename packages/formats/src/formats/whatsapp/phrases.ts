/** Words, in the languages known, by which WhatsApp says that a file was left out of the export. */
export const OMITTED =
  /omitted|ausgeschlossen|ausgelassen|weggelassen|omitid[oa]s?|omiti[oó]|\bomise?s?\b|\babsente?\b|retirée?|omess[oaie]|non inclus[oa]|ocult[oa]|ocultad[oa]|não revelad[oa]|weggelaten|utelämna|utelatt|udela|jätettiin pois|pominięt|vynechán|kihagyva|dahil edilmedi|atlandı|без медиа|пропущен|без медіа|tidak disertakan|הושמט|לא נכלל|تم استبعاد|メディアなし|省略|略過|忽略|생략|제외|के बिना/iu;

/** Words by which WhatsApp says that a message was changed after it was sent. */
export const EDITED =
  /edited|bearbeitet|editad[oa]|editó|modifié|modificat[oa]|modificad[oa]|bewerkt|изменен|düzenlendi|edytowan|redigera|redigert|redigeret|muokattu|已编辑|已編輯|編集|수정|diedit|تعديل|נערכ|संपादित/iu;

/** What WhatsApp shows in the place of a message that was deleted. */
export const DELETED = new RegExp(
  `^(?:${[
    'this message was deleted(?: by admin .+)?',
    'you deleted this message(?: as admin)?',
    'diese nachricht wurde gelöscht|du hast diese nachricht gelöscht',
    'se eliminó este mensaje|eliminaste este mensaje|este mensaje (?:fue|ha sido) eliminado|este mensaje se eliminó',
    '(?:ce message a été|vous avez|tu as) supprimé(?: ce message)?',
    'questo messaggio è stato eliminato|hai eliminato questo messaggio',
    '(?:esta|essa) mensagem foi apagada|mensagem apagada|(?:você )?apagou esta mensagem',
    'dit bericht is verwijderd|(?:u hebt|je hebt) dit bericht verwijderd',
    '(?:данное|это) сообщение удалено|вы удалили (?:данное|это) сообщение',
    'bu mesaj silindi|bu mesajı sildiniz',
    'ta wiadomość została usunięta|usunięto tę wiadomość',
    'تم حذف هذه الرسالة|حذفت هذه الرسالة',
    '此消息已被?删除|您删除了此消息|此訊息已刪除|您已刪除此訊息',
    '(?:이|삭제된) 메시지(?:가 삭제되었습니다|입니다)',
    'このメッセージは削除されました|このメッセージを削除しました',
  ].join('|')})[.。]?$`,
  'iu',
);

/** What Android puts in brackets behind the name of a file. */
export const FILE_ATTACHED =
  /^(?:file attached|datei angehängt|archivo adjunto|fichier joint|file allegato|arquivo anexado|ficheiro anexado|bestand bijgevoegd|файл добавлен|dosya ekli|plik dołączony|bifogad fil)$/iu;

/** What iOS puts before the name of a file. */
export const ATTACHED =
  /^(?:attached|anhang|angehängt|adjunto|pièce jointe|allegato|anexado|anexo|bijgevoegd|прикреплено|eklendi|załącznik|bifogad)$/iu;
