/** The path that the stand-in is mounted under. */
export const LOCAL_AUTH_PATH = "/supabase/auth/v1";
/** The only public key there is: it opens the door to the sign-in endpoints, which everybody may call. */
export const LOCAL_PUBLISHABLE_KEY = "sb_publishable_local";
/** The same on every port and node, so that a token of one node is valid on another. */
export const LOCAL_ISSUER = "urn:flightdeck:local-auth";
