/// The user that a request is made for. Every query for a person names the studio, and for "mine" also the user.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Caller {
    pub studio: String,
    pub user: String,
    pub name: String,
}
