package io.staunch.shop.api;

import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;

/// Gives every HTTP session the lifetime that is configured, in seconds (Tomcat's own setting counts minutes).
public final class SessionLifetime implements HttpSessionListener {
    static final String SECONDS = "session.lifetime.seconds";

    @Override
    public void sessionCreated(HttpSessionEvent event) {
        String seconds = event.getSession().getServletContext().getInitParameter(SECONDS);
        event.getSession().setMaxInactiveInterval(Integer.parseInt(seconds));
    }
}
