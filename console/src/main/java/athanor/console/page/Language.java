package athanor.console.page;

import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Locale;

/** The languages of the pages: as the reader chose by a link, else as the browser asks. */
public enum Language {
    EN("en", "English"),
    ZH("zh", "中文");

    /** Of the cookie that remembers a choice in the browser. */
    public static final String COOKIE = "language";

    private final String code;
    private final String title;

    Language(String code, String title) {
        this.code = code;
        this.title = title;
    }

    public String code() {
        return code;
    }

    public String title() {
        return title;
    }

    public Language other() {
        return this == EN ? ZH : EN;
    }

    static Language of(HttpHeaders headers) {
        Cookie chosen = headers.getCookies().get(COOKIE);
        if (chosen != null) {
            return ZH.code.equals(chosen.getValue()) ? ZH : EN;
        }
        for (Locale locale : headers.getAcceptableLanguages()) {
            if (locale.getLanguage().equals(ZH.code)) {
                return ZH;
            }
            if (locale.getLanguage().equals(EN.code)) {
                return EN;
            }
        }
        return EN;
    }
}
