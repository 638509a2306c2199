package athanor.contracts.rest;

import java.net.URI;
import java.time.Instant;

/**
 * Where a file can be had without passing through a service.
 *
 * @param fileName under which a browser saves it
 * @param bytes of the file
 * @param sha256 of the file, in hexadecimal digits
 * @param expiresAt later the store refuses
 */
public record DownloadAddress(String fileName, long bytes, String sha256, URI url, Instant expiresAt) {}
