/** Serves dashboard.html on loopback, opens the browser, reports what the page found. */
package siodiag.dashboard;

//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//SOURCES DashboardRun.java
//SOURCES PageAddress.java
//SOURCES PageResult.java
//SOURCES PageResultReader.java
//SOURCES PageServer.java
//SOURCES WebBrowser.java
