package athanor.endurance.load;

import athanor.store.ObjectStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicLong;

/** One worker's way to the store: its requests are counted, and it can be cut. */
final class WatchedStore {

    private final ObjectStore store;
    private final ObjectStore nowhere;
    private final AtomicLong requests = new AtomicLong();
    private volatile boolean cut;

    /** @param nowhere a store that never answers */
    WatchedStore(ObjectStore store, ObjectStore nowhere) {
        this.store = store;
        this.nowhere = nowhere;
    }

    ObjectStore asStore() {
        Class<?>[] one = {ObjectStore.class};
        return (ObjectStore) Proxy.newProxyInstance(getClass().getClassLoader(), one, (proxy, method, arguments) -> {
            requests.incrementAndGet();
            try {
                return method.invoke(cut ? nowhere : store, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    long requests() {
        return requests.get();
    }

    /** From now on it is as if this worker's machine had no network. */
    void cut() {
        cut = true;
    }

    boolean isCut() {
        return cut;
    }
}
