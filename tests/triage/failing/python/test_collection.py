from no_such_package.socketio import Server


def test_server():
    Server()
