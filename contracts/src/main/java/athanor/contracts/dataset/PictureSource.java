package athanor.contracts.dataset;

import athanor.contracts.Check;
import athanor.contracts.ObjectName;

/**
 * Where a Kafka producer has put pictures, with captions beside them by base name: all objects whose keys begin with the prefix,
 * as they are when the request is taken up.
 *
 * @param prefix most often a folder with the slash at its end; empty: the whole bucket
 */
public record PictureSource(String bucket, String prefix) {

    public PictureSource {
        ObjectName.bucket(bucket, "source.bucket");
        ObjectName.prefix(Check.present(prefix, "source.prefix"), "source.prefix");
    }
}
