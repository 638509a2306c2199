package athanor.console.page;

import athanor.console.service.Services;
import io.quarkus.qute.TemplateExtension;

/** What templates say of any text or number. */
@TemplateExtension
final class TemplateValues {

    private static final int PERCENT = 100;

    private TemplateValues() {}

    /** As a part of a path. */
    static String encoded(String text) {
        return Services.encoded(text);
    }

    static double times100(Double share) {
        return PERCENT * share;
    }
}
