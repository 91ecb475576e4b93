/** Below this the gateway passes PUT requests on to us; the archive's id follows. */
export const UPLOAD_PREFIX = '/uploads/';
