/** Errors of the connection itself, by the codes of Node, undici and OpenSSL. They decide before any word of a body. */
import type { FailureClass } from "./failure-class";

const timeouts = new Set([
  "ETIMEDOUT",
  "ESOCKETTIMEDOUT",
  "TIMEOUT_ERR",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_BODY_TIMEOUT",
  "ERR_SOCKET_CONNECTION_TIMEOUT",
  "ERR_TLS_HANDSHAKE_TIMEOUT",
]);
const timeoutNames =
  /^(Timeout(Error|Exception)?|ConnectTimeoutError|HeadersTimeoutError|BodyTimeoutError|APIConnectionTimeoutError|APITimeoutError|(Read|Connect|Pool|Write)Timeout(Error)?)$/;

const network =
  /^(ENOTFOUND|EAI_[A-Z]+|ECONN(REFUSED|RESET|ABORTED)|EPIPE|EPROTO|EHOST(UNREACH|DOWN)|ENET(UNREACH|DOWN|RESET)|EADDRNOTAVAIL|ENOTCONN|UND_ERR_(SOCKET|CLOSED|DESTROYED|HEADERS_OVERFLOW|RES_CONTENT_LENGTH_MISMATCH|INFO|PRX_TLS)|ERR_STREAM_PREMATURE_CLOSE|ERR_HTTP2_\w+|ERR_SSL_\w+|ERR_NETWORK|ERR_STREAM_DESTROYED|ERR_SOCKET_CLOSED|HPE_\w+|Connection(Refused|Reset|Closed)|FailedToOpenSocket)$/;
const networkNames = /^(SocketError|APIConnectionError|ConnectionError|ConnectError|RemoteProtocolError|ReadError)$/;

/** The other side's certificate is wrong: no repetition makes it right. */
const certificate =
  /^(CERT_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT\w*|DECRYPT_CERT_SIGNATURE)|ERR_TLS_CERT_\w+|ERR_SSL_CERTIFICATE_VERIFY_FAILED|HOSTNAME_MISMATCH|INVALID_CA)$/;

const certificateWords =
  /certificate_verify_failed|certificate (verify failed|has expired|is not yet valid)|self[- ]signed certificate|unable to (verify the first|get (local )?issuer) certificate|certificate's altnames/i;

const badUrl = /^(ERR_INVALID_URL|ERR_INVALID_CHAR|ERR_INVALID_PROTOCOL|UND_ERR_INVALID_ARG)$/;

export interface TransportError {
  name: string;
  message: string;
  code: string;
}

/** The class of a chain of thrown errors by their codes and names, outermost first; null when none is of the transport. */
export function classifyTransport(chain: readonly TransportError[]): FailureClass | null {
  const codes = chain.map((error) => error.code);
  if (chain.some(isTimeout)) return "timeout";
  if (codes.some((code) => network.test(code) || certificate.test(code))) return "network";
  if (codes.some((code) => badUrl.test(code))) return "invalid_request";
  return chain.some((error) => networkNames.test(error.name)) ? "network" : null;
}

function isTimeout({ name, message, code }: TransportError): boolean {
  return (
    timeouts.has(code) ||
    timeoutNames.test(name) ||
    (code === "ECONNABORTED" && /time[d ]?\s?out|timeout/i.test(message))
  );
}

/** True when repeating cannot help although the class usually can be repeated. */
export function isCertificateError(chain: readonly TransportError[]): boolean {
  return chain.some((error) => certificate.test(error.code) || certificateWords.test(error.message));
}
