const words = (list: string) => list.trim().split(/\s+/);

/** Words that carry no topic: function words, speech verbs, fillers. */
export const STOPWORDS: ReadonlySet<string> = new Set(
  words(`
  a about above actually after again against ago all almost alright already also although always am an and another any
  anybody anymore anyone anything anyway are aren't around as at away back basically be because become been before being
  below best better between both but by came can can't cannot come comes could couldn't course did didn't do does doesn't
  doing don't done down during each either else enough etc even ever every everybody everyone everything exactly far few
  find first for from further gave get gets getting give given go goes going gone good got great guess had hadn't has
  hasn't have haven't having he he'd he'll he's hello her here here's hers herself hey hi him himself his how how's
  however i i'd i'll i'm i've if in instead into is isn't it it'd it'll it's its itself just keep kind know last later
  least less let let's like likely little long look looking looks lot lots made make makes making many may maybe me mean
  means might mine more most much must mustn't my myself need needs neither never new next nice no nobody none nope nor
  not nothing now of off often oh ok okay old on once one ones only or other others our ours ourselves out over own part
  people perhaps please point pretty probably put quite rather really right said same saw say saying says second see seem
  seems seen shall she she'd she'll she's should shouldn't show since small so some somebody someone something sometimes
  somewhere soon sorry sort still such sure take taken takes taking talk tell than thank thanks that that'd that'll that's
  the their theirs them themselves then there there's therefore these they they'd they'll they're they've thing things
  think thinking this those though thought three through thus to today together told too took toward towards tried tries
  true try trying turn two under until up upon us use used uses using usually very want wanted wants was wasn't way ways
  we we'd we'll we're we've well went were weren't what what's whatever when when's where where's whether which while who
  who's whole whom whose why why's will with within without won't wondering work worked working works would wouldn't yeah
  yep yes yet you you'd you'll you're you've your yours yourself yourselves
  able add added adding bit big different end especially fine hard high hope idea ideas important instead issue issues
  left low main matter mind moment month months people place possible problem problems question questions quick quickly
  reason simple simply sense set solution start stuff sure time times today tomorrow week weeks whatever word year years
  yesterday decide decided decision approach should'nt gonna wanna cause really um uh
  realized realised learned learnt turned turns found noticed discovered figured request feature please prefer suggest
  re ve ll em th dunno gotta lemme disfmarker vocalsound gap pause whoa gosh stuffs guys guy folks everybody's
  happen happens happened happening discuss discussed discussing talked talks mention mentioned send sent sending hear
  heard help helps helped helping call called calls calling check checked checking allow allows write writes wrote written
  writing read reading run runs running ran open opened close closed change changes changed changing move moves moved
  moving bring brought giving handle handles create creates created creating build builds built building support supports
  supported supporting wait waiting worry worried suppose supposed believe wonder wondering feel feels felt involve
  involved concern concerned include includes including consider considered continue become follow followed following
  fully currently already especially basically obviously definitely absolutely completely slightly fairly totally
  thoughts true false easy easier easily slow slower fast faster better worse correct wrong full half whole top bottom
  depend depends depending blocked requires require needed need
`),
);
