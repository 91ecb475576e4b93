/** Below this the gateway passes GET requests on to us; the archive's id follows, or ALL. */
export const EXPORT_PREFIX = '/exports/';
/** In the place of an archive's id: everything. */
export const ALL = 'all';
