/// Who asks. Every query for a person names the studio, and for "mine" the user.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Caller {
    pub studio: String,
    pub user: String,
    pub name: String,
}
