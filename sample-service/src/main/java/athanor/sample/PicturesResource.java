package athanor.sample;

import athanor.shell.ProblemException;
import athanor.shell.TenantRuns;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Rendered pictures by their key in the store; of the store's other objects nothing is shown. */
@Path("/pictures")
@Tag(name = "pictures", description = "Fetch what was drawn.")
public class PicturesResource {

    private static final Pattern PICTURE = Pattern.compile(
            "(samples/[^/]+|runs/[^/]+/samples/(\\d+|requested/[^/]+)|class-pictures/[0-9a-f]+)/[A-Za-z0-9._-]+\\.png");

    private final ObjectStore store;
    private final TenantRuns tenantRuns;

    PicturesResource(ObjectStore store, TenantRuns tenantRuns) {
        this.store = store;
        this.tenantRuns = tenantRuns;
    }

    @GET
    @Path("{key:.+}")
    @Blocking
    @Produces("image/png")
    @Operation(summary = "One picture", description = "The key is that of an ObjectRef in an answer or an event.")
    public byte[] picture(@PathParam("key") String key) {
        if (!PICTURE.matcher(key).matches()) {
            throw ProblemException.notFound("'%s' is not the key of a rendered picture".formatted(key));
        }
        if (!ObjectKeys.runOf(key).map(tenantRuns::sees).orElse(true)) {
            throw ProblemException.notFound("there is no picture '%s'".formatted(key));
        }
        return store.find(key)
                .orElseThrow(() -> ProblemException.notFound("there is no picture '%s'".formatted(key)))
                .bytes();
    }
}
