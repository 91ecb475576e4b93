/** Source of a pattern for the words that open a turn without saying anything ("yeah so", "ok, and"). */
export const OPENER =
  '(?:(?:ok|okay|yeah|yes|yep|yup|alright|right|so|and|but|well|then|also|btw|fyi|tbh|hm+|ah+|oh+|cool|great|nice|thanks|perfect|good|fine|sure|sadly|actually|honestly|anyway)[,.!:]* )*';
