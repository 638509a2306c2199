package athanor.ingest;

import org.jboss.resteasy.reactive.RestResponse;

/** A file as an answer: browsers save it under its name and do not guess what it is. */
final class Download {

    private Download() {}

    static RestResponse<byte[]> of(byte[] bytes, String type, String fileName) {
        return RestResponse.ResponseBuilder.ok(bytes, type)
                .header("Content-Disposition", "attachment; filename=\"%s\"".formatted(fileName))
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }
}
