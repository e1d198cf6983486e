package io.switchboard.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** One role's way into one database. */
record Login(String url, String user, String password) {

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    Login as(String otherUser, String otherPassword) {
        return new Login(url, otherUser, otherPassword);
    }

    @Override
    public String toString() {
        return "Login[" + user + " at " + url + "]";
    }
}
