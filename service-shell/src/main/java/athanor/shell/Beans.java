package athanor.shell;

import athanor.contracts.json.Json;
import athanor.store.MinioObjectStore;
import athanor.store.ObjectStore;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** What the services inject and nobody else makes: the store, the clock, and the contracts' JSON for REST. */
@Singleton
class Beans {

    @Produces
    @Singleton
    ObjectStore store(StoreSettings settings) {
        return new MinioObjectStore(
                settings.endpoint(),
                settings.publicEndpoint().orElse(settings.endpoint()),
                settings.accessKey(),
                settings.secretKey(),
                settings.bucket(),
                settings.region());
    }

    void close(@Disposes ObjectStore store) {
        if (store instanceof MinioObjectStore minio) {
            minio.close();
        }
    }

    @Produces
    @Singleton
    ObjectMapper json() {
        return Json.mapper();
    }

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }
}
