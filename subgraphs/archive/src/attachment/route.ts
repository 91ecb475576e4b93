/** Below this the gateway passes GET requests on to us; the attachment's id follows. */
export const ATTACHMENT_PREFIX = '/attachments/';
