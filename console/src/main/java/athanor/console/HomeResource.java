package athanor.console;

import athanor.console.page.Language;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.NewCookie.SameSite;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** Where one comes in, and the choice of a language. */
@Path("/")
public class HomeResource {

    private static final int YEAR = 365 * 86_400;

    @GET
    public Response home() {
        return Response.seeOther(URI.create("/runs")).build();
    }

    /** The choice is remembered by the browser. */
    @GET
    @Path("language/{code}")
    public Response language(
            @jakarta.ws.rs.PathParam("code") String code, @QueryParam("back") @DefaultValue("/runs") String back) {
        String here = back.startsWith("/") && !back.startsWith("//") ? back : "/runs";
        NewCookie choice = new NewCookie.Builder(Language.COOKIE)
                .value(code.equals(Language.ZH.code()) ? Language.ZH.code() : Language.EN.code())
                .path("/")
                .maxAge(YEAR)
                .sameSite(SameSite.LAX)
                .build();
        return Response.seeOther(URI.create(here)).cookie(choice).build();
    }
}
