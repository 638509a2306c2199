package athanor.console.page;

import athanor.console.service.ServiceAwayException;
import athanor.console.service.ServiceRefusedException;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What went wrong, as a page, or as the part of one that htmx asked for. */
class Problems {

    private static final int AWAY = 503;
    private static final int NOT_FOUND = 404;
    private static final int UNUSABLE = 422;

    private final Pages pages;

    Problems(Pages pages) {
        this.pages = pages;
    }

    @ServerExceptionMapper
    RestResponse<String> away(ServiceAwayException e) {
        return answer(AWAY, "service_away", String.valueOf(e.getMessage()));
    }

    @ServerExceptionMapper
    RestResponse<String> refused(ServiceRefusedException e) {
        return answer(e.status(), "refused", String.valueOf(e.getMessage()));
    }

    @ServerExceptionMapper
    RestResponse<String> unknown(NotFoundException e) {
        return answer(NOT_FOUND, "no_such_page", "");
    }

    @ServerExceptionMapper
    RestResponse<String> unusable(IllegalArgumentException e) {
        return answer(UNUSABLE, "refused", String.valueOf(e.getMessage()));
    }

    private RestResponse<String> answer(int status, String title, String sentence) {
        TemplateInstance page = pages.page(pages.part() ? "problem-part" : "problem")
                .data("title", title)
                .data("sentence", sentence);
        return RestResponse.ResponseBuilder.ok(page.render())
                .status(status)
                .type(MediaType.TEXT_HTML + ";charset=UTF-8")
                .build();
    }
}
