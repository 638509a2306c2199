package athanor.contracts.rest;

import java.net.URI;
import java.time.Instant;

/**
 * Where a picture can be sent to without passing through a service.
 *
 * @param method of HTTP; the body is the file as it is
 * @param expiresAt later the store refuses
 */
public record UploadAddress(String fileName, String method, URI url, Instant expiresAt) {}
