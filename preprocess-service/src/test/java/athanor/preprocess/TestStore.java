package athanor.preprocess;

import athanor.store.MinioObjectStore;
import athanor.store.ObjectStore;
import athanor.teststack.S3Address;

/** The store of a test, with its bucket made. */
final class TestStore {

    private TestStore() {}

    static ObjectStore open(S3Address address) {
        MinioObjectStore store = new MinioObjectStore(
                address.endpoint(), address.accessKey(), address.secretKey(), "athanor-test", "us-east-1");
        store.createBucketIfMissing();
        return store;
    }
}
