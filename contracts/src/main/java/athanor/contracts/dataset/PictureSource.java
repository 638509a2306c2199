package athanor.contracts.dataset;

import athanor.contracts.Check;

/**
 * Where a Kafka producer has put pictures, with captions beside them by base name: all objects whose keys begin with the prefix,
 * as they are when the request is taken up.
 *
 * @param prefix most often a folder with the slash at its end; empty: the whole bucket
 */
public record PictureSource(String bucket, String prefix) {

    public PictureSource {
        Check.text(bucket, "source.bucket");
        Check.present(prefix, "source.prefix");
        Check.that(!prefix.startsWith("/"), "source.prefix has no leading slash, got '%s'", prefix);
    }
}
